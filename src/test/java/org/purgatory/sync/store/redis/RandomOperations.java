package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncPhase;

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
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> arrival();
      case 4, 5, 6 -> new Operation.ClaimDue(random.nextInt(4));
      case 7, 8, 9, 10, 11 -> run();
      case 12 -> new Operation.Sweep();
      case 13, 14, 15 -> new Operation.Pass(pass());
      case 16 -> new Operation.Cancel(stock(1 + random.nextInt(4)));
      case 17 -> question();
      default -> reading();
    };
  }

  private Operation arrival() {
    return one(6)
        ? new Operation.Trigger(identifier(), delay())
        : new Operation.Enqueue(
            stock(random.nextInt(5)), stock(Math.max(0, random.nextInt(6) - 2)), delay(), one(4));
  }

  /** What a run does. */
  private Operation run() {
    int kind = random.nextInt(25);
    if (kind < 10) {
      SyncOutcome[] outcomes = SyncOutcome.values();
      SyncOutcome outcome =
          one(2) ? SyncOutcome.SATISFIED : outcomes[random.nextInt(outcomes.length)];
      return new Operation.Publish(ago(), outcome, random.nextInt(1 << 8), one(3));
    } else if (kind < 14) {
      return new Operation.Begin(ago(), random.nextInt(1 << 8));
    } else if (kind < 16) {
      return new Operation.Load(ago(), note());
    } else if (kind < 18) {
      return new Operation.Note(ago(), note());
    } else if (kind < 21) {
      return new Operation.Renew(random.ints(random.nextInt(4), 0, 6).boxed().toList());
    }
    return new Operation.Complete(ago(), note());
  }

  private Operation question() {
    return one(2)
        ? new Operation.Status(identifier())
        : new Operation.ListPage(
            new StatusQuery(
                one(2) ? Optional.empty() : Optional.of(identifier()),
                1 + random.nextInt(4),
                one(2)
                    ? Optional.empty()
                    : Optional.of(SyncPhase.values()[random.nextInt(SyncPhase.values().length)])));
  }

  private Operation reading() {
    return switch (random.nextInt(6)) {
      case 0 -> new Operation.Bounds();
      case 1 -> new Operation.Acknowledge("c" + random.nextInt(3), place());
      case 2 -> new Operation.Acknowledged("c" + random.nextInt(3));
      case 3 -> new Operation.Usage();
      default -> new Operation.Read(place(), 1 + random.nextInt(8));
    };
  }

  private int note() {
    return random.nextInt(SampleNotes.COUNT);
  }

  private RepositoryIdentifier identifier() {
    return SampleStock.identifier(random.nextInt(SampleStock.IDENTIFIERS));
  }

  /** Now and then until nothing is dormant any more. */
  private Duration pass() {
    return one(60)
        ? Duration.ofHours(24)
        : Duration.ofMillis(PASSES[random.nextInt(PASSES.length)]);
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
