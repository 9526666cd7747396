package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes what goes wrong. */
final class TroubleMaker {

  private static final List<String> STORE =
      List.of(
          "enqueue",
          "trigger",
          "claimDue",
          "claimDue",
          "load",
          "load",
          "begin",
          "begin",
          "cancel",
          "note",
          "publish",
          "publish",
          "publish",
          "complete",
          "complete",
          "renew",
          "sweep",
          "tryAcquire",
          "tryAcquire",
          "release",
          "release",
          "leaveAllBut");
  private static final List<String> ELSEWHERE = List.of("fetch", "apply", "written", "missing");
  private static final List<Fault.Effect> EFFECTS = List.of(Fault.Effect.values());
  private static final List<Fault.Effect> OF_REPLICAS =
      EFFECTS.stream().filter(Fault.Effect::isOfTheReplica).toList();
  private static final Duration LONGEST_DOWN = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(100);

  private final Chance chance;
  private final int replicas;
  private final Duration active;

  TroubleMaker(Chance chance, int replicas, Duration active) {
    this.chance = chance;
    this.replicas = replicas;
    this.active = active;
  }

  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    for (int i = chance.below(3); i > 0; i--) {
      int replica = chance.below(replicas);
      Duration at = chance.upTo(active);
      actions.add(
          switch (chance.below(3)) {
            case 0 -> new Action.Crash(at, replica, chance.upTo(LONGEST_DOWN));
            case 1 -> new Action.Pause(at, replica, chance.upTo(LONGEST_PAUSE));
            default -> new Action.Outage(at, chance.upTo(LONGEST_PAUSE));
          });
    }
    return actions;
  }

  List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    for (int i = chance.below(9); i > 0; i--) {
      boolean elsewhere = chance.in(6);
      String operation = chance.oneOf(elsewhere ? ELSEWHERE : STORE);
      Fault.Effect effect = possible(operation, chance.oneOf(elsewhere ? OF_REPLICAS : EFFECTS));
      // Mostly early, as most operations are not done often.
      int occurrence = 1 + chance.below(1 + chance.below(operation.equals("claimDue") ? 60 : 20));
      Duration most = effect == Fault.Effect.PAUSE ? LONGEST_PAUSE : LONGEST_DOWN;
      faults.add(new Fault(operation, occurrence, effect, chance.upTo(most)));
    }
    return faults;
  }

  /** A place that is given up long after it was taken anew is lost: docs/simulation.md. */
  private static Fault.Effect possible(String operation, Fault.Effect effect) {
    return operation.equals("leaveAllBut") && effect == Fault.Effect.DONE_LATE
        ? Fault.Effect.REFUSED
        : effect;
  }
}
