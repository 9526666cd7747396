package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.TurnsModel.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.Domain;

class FetchTurnsTest {

  private static final int STEPS = 400;
  private static final int STALLED = 20;
  private static final int ROOM = 32;
  private static final int AT_ONCE = 5;

  private static final Domain BUSY = server(0);
  private static final Domain GOOD = server(1000);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 32})
  void noMoreRunThanMayAndNothingWaitsThatMayRun(int room) {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      TurnsModel model = new TurnsModel(room, "room " + room + ", seed " + seed);
      int servers = 1 + random.nextInt(2 * room);
      int eagerness = 1 + random.nextInt(9);
      for (int i = 0; i < STEPS; i++) {
        if (random.nextInt(10) < eagerness) {
          // Squared, so that some servers have much and others little.
          model.add(server(random.nextInt(servers) * random.nextInt(servers) / servers));
        } else {
          model.endOne(random);
        }
      }
      model.endAll(random);
    }
  }

  @Test
  void serversThatStallWithManyLeaveRoomForAGoodOne() {
    FetchTurns turns = new FetchTurns(ROOM);
    for (int i = 0; i < STALLED * AT_ONCE; i++) {
      add(turns, server(i / AT_ONCE));
    }

    assertThat(add(turns, GOOD)).contains(GOOD);
  }

  @Test
  void aServerWithoutAnyExchangeComesBeforeTheFurtherOnesOfOthers() {
    FetchTurns turns = new FetchTurns(2);
    add(turns, BUSY);
    add(turns, BUSY);
    add(turns, BUSY);
    assertThat(add(turns, GOOD)).isEmpty();

    assertThat(end(turns, BUSY)).contains(GOOD);
  }

  @Test
  void aServerAloneHasAllThatItsDomainMayHaveAtOnce() {
    FetchTurns turns = new FetchTurns(ROOM);

    for (int i = 0; i < AT_ONCE; i++) {
      assertThat(add(turns, BUSY)).contains(BUSY);
    }
  }

  @Test
  void serversTakeTurnsHoweverManyMoreComeForOneOfThem() {
    FetchTurns turns = new FetchTurns(1);
    add(turns, server(0));
    for (int i = 0; i < 3; i++) {
      add(turns, server(1));
      add(turns, server(2));
      add(turns, server(1));
    }

    List<Domain> order = new ArrayList<>();
    Optional<Domain> running = Optional.of(server(0));
    while (running.isPresent()) {
      running = end(turns, running.get());
      running.ifPresent(order::add);
      // A server that always has more to come gains nothing by it.
      if (order.size() < 6) {
        add(turns, server(1));
      }
    }

    assertThat(order.subList(0, 6))
        .containsExactly(server(1), server(2), server(1), server(2), server(1), server(2));
  }

  private static Optional<Domain> add(FetchTurns turns, Domain server) {
    turns.add(server, () -> {});
    return turns.next().map(FetchTurns.Turn::server);
  }

  private static Optional<Domain> end(FetchTurns turns, Domain server) {
    turns.ended(server);
    return turns.next().map(FetchTurns.Turn::server);
  }
}
