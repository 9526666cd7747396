package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.purgatory.sync.nostr.Domain;

/** Turns, and beside them what should be so, counted naively after each step. */
final class TurnsModel {

  private final int room;
  private final int roomForFurther;
  private final String words;
  private final FetchTurns turns;
  private final Map<Domain, List<Runnable>> waiting = new HashMap<>();
  private final List<Domain> running = new ArrayList<>();

  /** Starts empty. The words tell which case it was that failed. */
  TurnsModel(int room, String words) {
    this.room = room;
    this.roomForFurther = Math.max(1, room / 4);
    this.words = words;
    this.turns = new FetchTurns(room);
  }

  static Domain server(int number) {
    return Domain.of("s" + number + ".example");
  }

  void add(Domain server) {
    // Not a lambda, which would be one and the same each time.
    Runnable exchange =
        new Runnable() {
          @Override
          public void run() {}
        };
    waiting.computeIfAbsent(server, s -> new ArrayList<>()).add(exchange);
    turns.add(server, exchange);
    follow();
  }

  /** Any of those that run, if one does. */
  void endOne(Random random) {
    if (!running.isEmpty()) {
      turns.ended(running.remove(random.nextInt(running.size())));
      follow();
    }
  }

  /** Until nothing is left, which must be the end of whatever came. */
  void endAll(Random random) {
    while (!running.isEmpty()) {
      endOne(random);
    }
    assertThat(waiting).as(words).isEmpty();
    assertThat(turns.servers()).as(words).isZero();
  }

  /** One step makes room for one at most, so that a thread need not look for more. */
  private void follow() {
    turns.next().ifPresent(this::began);
    assertThat(turns.next()).as(words).isEqualTo(Optional.empty());

    assertThat(running.size()).as(words).isLessThanOrEqualTo(room);
    long further = running.size() - running.stream().distinct().count();
    assertThat(further).as(words).isLessThanOrEqualTo(roomForFurther);
    if (running.size() < room) {
      assertThat(running).as(words).containsAll(waiting.keySet());
      assertThat(waiting.isEmpty() || further == roomForFurther).as(words).isTrue();
    }
  }

  private void began(FetchTurns.Turn turn) {
    List<Runnable> line = waiting.get(turn.server());
    assertThat(turn.exchange()).as(words).isSameAs(line.remove(0));
    if (line.isEmpty()) {
      waiting.remove(turn.server());
    }
    running.add(turn.server());
  }
}
