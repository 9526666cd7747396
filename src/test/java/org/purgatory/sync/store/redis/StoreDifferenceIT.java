package org.purgatory.sync.store.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.store.StoreState;
import org.purgatory.sync.store.memory.MemoryState;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.Shrinking;
import org.purgatory.sync.testkit.VirtualTime;

/**
 * Does the same to the embedded store and to Redis, and compares what comes of each operation and
 * all that they hold afterwards. A failure names its seed ({@code -Ddifference.seed=…} runs that
 * one alone) and a sequence that has been made as short as possible.
 */
class StoreDifferenceIT {

  /** Narrow, so that every bound is reached again and again. */
  private static final QueueSettings SETTINGS =
      new QueueSettings(
          new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(5)),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          4,
          3,
          Duration.ofSeconds(25),
          5);

  /** Seeds that have found a difference once. */
  private static final List<Long> FOUND = List.of(-1457359119479064406L);

  private static final int OPERATIONS = 600;
  private static final int SEEDS = 18;
  private static final int NEW_SEEDS = 2;

  @ParameterizedTest
  @MethodSource("org.purgatory.sync.testkit.RedisBinary#all")
  void bothStoresAreTheSame(RedisBinary binary) {
    try (RedisStage stage = new RedisStage(binary)) {
      for (long seed : seeds()) {
        List<Operation> operations = RandomOperations.make(seed, OPERATIONS);
        if (difference(stage, operations).isPresent()) {
          throw new AssertionError(report(stage, binary, seed, operations));
        }
      }
    }
  }

  private static List<Long> seeds() {
    Long one = Long.getLong("difference.seed");
    if (one != null) {
      return List.of(one);
    }
    List<Long> seeds = new ArrayList<>(LongStream.rangeClosed(1, SEEDS).boxed().toList());
    seeds.addAll(FOUND);
    new Random().longs(NEW_SEEDS).forEach(seeds::add);
    return seeds;
  }

  private static String report(
      RedisStage stage, RedisBinary binary, long seed, List<Operation> operations) {
    List<Operation> shortest =
        Shrinking.shrink(operations, some -> difference(stage, some).isPresent());
    return "%s differs from the embedded store with -Ddifference.seed=%d, after:%n%s%n%s"
        .formatted(
            binary,
            seed,
            shortest.stream().map(o -> "  " + o).collect(Collectors.joining("\n")),
            difference(stage, shortest).orElse("(not any more: does it depend on the time?)"));
  }

  /** Does the operations to fresh stores, and tells the first difference. */
  private static Optional<String> difference(RedisStage stage, List<Operation> operations) {
    stage.empty();
    VirtualTime time = stage.time();
    MemorySyncStore memory = new MemorySyncStore(SETTINGS, time);
    Subject expected = new Subject(memory, memory.results());
    Subject actual =
        new Subject(
            new RedisSyncStore(stage.direct(), RedisStage.scripts(), "g", SETTINGS),
            new RedisResultLog(stage.direct(), stage.direct(), RedisStage.scripts(), "g", time));
    for (Operation operation : operations) {
      if (operation instanceof Operation.Pass pass) {
        stage.pass(pass.time());
      }
      Optional<String> difference =
          difference("answer", operation.apply(expected), answer(operation, actual))
              .or(() -> differenceOfStates(stage, memory, expected, actual));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static String answer(Operation operation, Subject subject) {
    try {
      return operation.apply(subject);
    } catch (RuntimeException e) {
      return "failed: " + e;
    }
  }

  private static Optional<String> differenceOfStates(
      RedisStage stage, MemorySyncStore memory, Subject expected, Subject actual) {
    RedisState redis = RedisState.read(stage);
    Instant now = stage.time().instant();
    StoreState inMemory = MemoryState.of(memory, expected::nameOf, now);
    Optional<String> difference =
        difference("state", inMemory.toString(), redis.common(actual::nameOf, now).toString());
    return difference.or(() -> brokenInvariant(redis));
  }

  private static Optional<String> brokenInvariant(RedisState redis) {
    try {
      new RedisInvariants(redis).check("Redis", SETTINGS);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Optional<String> difference(String what, String expected, String actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of("the %s should be%n%s%nbut is%n%s".formatted(what, expected, actual));
  }
}
