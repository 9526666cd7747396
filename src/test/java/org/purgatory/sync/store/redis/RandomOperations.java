package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.purgatory.sync.sync.SyncOutcome;

/** Makes sequences of operations: the same seed makes the same sequence. */
final class RandomOperations {

  private static final int[] DELAYS = {0, 0, 1, 500, 2000, 10_000};
  private static final int[] PASSES = {0, 1, 1, 400, 1000, 2000, 4999, 5000, 5001, 15_000, 30_000};

  private final Random random;

  private RandomOperations(long seed) {
    this.random = new Random(seed);
  }

  static List<Operation> make(long seed, int count) {
    RandomOperations source = new RandomOperations(seed);
    return IntStream.range(0, count).mapToObj(i -> source.next()).toList();
  }

  private Operation next() {
    int kind = random.nextInt(100);
    if (kind < 24) {
      return new Operation.Enqueue(
          stock(random.nextInt(5)), stock(Math.max(0, random.nextInt(6) - 2)), delay(), one(4));
    } else if (kind < 28) {
      int identifier = random.nextInt(SampleStock.IDENTIFIERS);
      return new Operation.Trigger(SampleStock.identifier(identifier), delay());
    } else if (kind < 42) {
      return new Operation.ClaimDue(random.nextInt(4));
    } else if (kind < 47) {
      return new Operation.Renew(random.ints(random.nextInt(4), 0, 6).boxed().toList());
    } else if (kind < 50) {
      return new Operation.Load(ago());
    } else if (kind < 64) {
      SyncOutcome[] outcomes = SyncOutcome.values();
      SyncOutcome outcome =
          one(2) ? SyncOutcome.SATISFIED : outcomes[random.nextInt(outcomes.length)];
      return new Operation.Publish(ago(), outcome, random.nextInt(1 << 8), one(3));
    } else if (kind < 71) {
      return new Operation.Complete(ago());
    } else if (kind < 77) {
      return new Operation.Sweep();
    } else if (kind < 88) {
      return new Operation.Pass(Duration.ofMillis(PASSES[random.nextInt(PASSES.length)]));
    } else if (kind < 92) {
      return new Operation.Read(place(), 1 + random.nextInt(8));
    } else if (kind < 94) {
      return new Operation.Bounds();
    } else if (kind < 97) {
      return new Operation.Acknowledge("c" + random.nextInt(3), place());
    } else if (kind < 99) {
      return new Operation.Acknowledged("c" + random.nextInt(3));
    }
    return new Operation.Usage();
  }

  private boolean one(int of) {
    return random.nextInt(of) == 0;
  }

  /** Mostly a claim that may still hold, now and then one that was lost long ago. */
  private int ago() {
    return one(4) ? random.nextInt(12) : random.nextInt(3);
  }

  private Duration delay() {
    return Duration.ofMillis(DELAYS[random.nextInt(DELAYS.length)]);
  }

  private List<Integer> stock(int most) {
    // Few identifiers at a time, so that their bounds are reached.
    int first = random.nextInt(SampleStock.SIZE);
    int step = one(2) ? SampleStock.IDENTIFIERS : 1 + random.nextInt(SampleStock.SIZE - 1);
    return IntStream.range(0, most)
        .mapToObj(i -> (first + i * step) % SampleStock.SIZE)
        .distinct()
        .toList();
  }

  private Operation.Place place() {
    Operation.Place.Shift[] shifts = Operation.Place.Shift.values();
    return new Operation.Place(
        random.nextInt(8),
        one(2) ? shifts[random.nextInt(shifts.length)] : Operation.Place.Shift.NONE);
  }
}
