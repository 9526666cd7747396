package org.purgatory.sync.git;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.purgatory.sync.nostr.Domain;

/**
 * Whose exchange is the next to run, so that servers which keep theirs for long leave room for the
 * others: the first exchange with each server runs as soon as there is any room, and the further
 * ones of all servers together have a part of it. Not thread-safe.
 *
 * <p>Invariants, once {@link #next} answers nothing: no more run than there is room for, and no
 * more of them are further ones than may be; nothing that may run waits. Exchanges with one server
 * run in the order in which they came. Servers take turns in the order in which they came to wait.
 * Ends one, there is room for one at most.
 */
final class FetchTurns {

  /** The part of the room that the further exchanges have, one place at least. */
  private static final int FURTHER = 4;

  private final int room;
  private final int roomForFurther;
  private final Map<Domain, Line> lines = new HashMap<>();

  /** Servers that somebody waits for, by whether anything runs with them. */
  private final Set<Line> withNone = new LinkedHashSet<>();

  private final Set<Line> withSome = new LinkedHashSet<>();

  private int running;
  private int further;

  /** One server's exchanges. It is forgotten when it has none. */
  private static final class Line {

    final Domain server;
    final Queue<Runnable> waiting = new ArrayDeque<>();
    int running;

    Line(Domain server) {
      this.server = server;
    }
  }

  /**
   * An exchange that is to be run now, and {@link #ended} then.
   *
   * @param server with whom
   * @param exchange what to run
   */
  record Turn(Domain server, Runnable exchange) {}

  /**
   * Starts with nothing.
   *
   * @param room how many exchanges run at once, at least one
   */
  FetchTurns(int room) {
    this.room = room;
    this.roomForFurther = Math.max(1, room / FURTHER);
  }

  /** Lets an exchange wait for its turn. */
  void add(Domain server, Runnable exchange) {
    Line line = lines.computeIfAbsent(server, Line::new);
    line.waiting.add(exchange);
    place(line);
  }

  /** The exchange whose turn it is, which counts as running from now on; empty if none may run. */
  Optional<Turn> next() {
    Set<Line> chosen = withNone.isEmpty() ? withSome : withNone;
    boolean full = running == room || chosen == withSome && further == roomForFurther;
    if (full || chosen.isEmpty()) {
      return Optional.empty();
    }
    Line line = chosen.iterator().next();
    chosen.remove(line);
    running++;
    further += line.running++ > 0 ? 1 : 0;
    Turn turn = new Turn(line.server, line.waiting.remove());
    place(line);
    return Optional.of(turn);
  }

  /** An exchange with the server runs no longer. */
  void ended(Domain server) {
    Line line = lines.get(server);
    running--;
    further -= --line.running > 0 ? 1 : 0;
    if (line.running == 0) {
      withSome.remove(line);
      place(line);
    }
  }

  /** Takes away whatever waits. */
  List<Runnable> removeWaiting() {
    withNone.clear();
    withSome.clear();
    List<Runnable> removed = new ArrayList<>();
    for (Line line : lines.values()) {
      removed.addAll(line.waiting);
      line.waiting.clear();
    }
    lines.values().removeIf(line -> line.running == 0);
    return removed;
  }

  /** How many servers are remembered: those with any exchange. */
  int servers() {
    return lines.size();
  }

  /** Where it stands already it keeps its place. */
  private void place(Line line) {
    if (!line.waiting.isEmpty()) {
      (line.running > 0 ? withSome : withNone).add(line);
    } else if (line.running == 0) {
      lines.remove(line.server);
    }
  }
}
