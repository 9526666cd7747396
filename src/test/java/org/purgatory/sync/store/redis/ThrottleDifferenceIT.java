package org.purgatory.sync.store.redis;

import static org.purgatory.sync.testkit.SampleEvents.repo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.testkit.RedisBinary;
import org.purgatory.sync.testkit.Shrinking;
import org.purgatory.sync.testkit.VirtualTime;

/**
 * Does the same to the embedded throttle and to the one in Redis. Both must decide alike, and
 * whoever the embedded one has told of its turn, the other one must have told, too. {@code
 * -Dthrottle.seed=…} runs one seed alone.
 */
class ThrottleDifferenceIT {

  private static final ThrottleSettings SETTINGS =
      new ThrottleSettings(new ThrottleSettings.Limits(2, 5), Map.of(), Duration.ofSeconds(20));
  private static final List<Origin> SERVERS =
      Stream.of(
              "https://one.example",
              "https://one.example:8443",
              "http://one.example",
              "https://two.example")
          .map(Origin::parse)
          .toList();
  private static final int WAITERS = 6;
  private static final int OPERATIONS = 500;
  private static final int SEEDS = 30;

  /** After how many operations the domains are compared: that takes longer than an operation. */
  private static final int LOOK_EVERY = 10;

  private enum Kind {
    ACQUIRE,
    RELEASE,
    RENEW,
    LEAVE,
    PASS
  }

  /** What is done, to which of those that there are then. */
  private record Step(Kind kind, int server, int which, int millis) {

    Origin origin() {
      return SERVERS.get(server);
    }

    /** How long to let pass: once in a while until circuits are tried again, or forgotten. */
    Duration time() {
      return Duration.ofMillis(millis % 10 == 0 ? 100L * millis : millis);
    }

    Optional<Duration> arrived() {
      return millis % 2 == 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis % 3000));
    }

    ExchangeSign sign() {
      return switch (millis % 5) {
        case 0 -> new ExchangeSign.Answered();
        case 1 -> new ExchangeSign.AskedForPatience(Duration.ofMillis(millis + 1));
        case 2 -> new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE);
        case 3 -> new ExchangeSign.Unreachable(CircuitCause.TLS);
        default -> new ExchangeSign.NoSign();
      };
    }
  }

  @Test
  void bothThrottlesAreTheSame() {
    try (RedisStage stage = new RedisStage(RedisBinary.embedded())) {
      for (long seed : seeds()) {
        List<Step> steps = steps(seed);
        if (difference(stage, steps).isPresent()) {
          List<Step> shortest =
              Shrinking.shrink(steps, some -> difference(stage, some).isPresent());
          throw new AssertionError(
              "-Dthrottle.seed=%d differs: %s, after%n%s"
                  .formatted(
                      seed,
                      difference(stage, shortest).orElse("?"),
                      shortest.stream().map(Step::toString).collect(Collectors.joining("\n"))));
        }
      }
    }
  }

  private static List<Long> seeds() {
    Long one = Long.getLong("throttle.seed");
    return one != null ? List.of(one) : LongStream.rangeClosed(1, SEEDS).boxed().toList();
  }

  private static List<Step> steps(long seed) {
    Random random = new Random(seed);
    Kind[] kinds = Kind.values();
    return IntStream.range(0, OPERATIONS)
        .mapToObj(
            i ->
                new Step(
                    random.nextInt(10) < 4 ? Kind.ACQUIRE : kinds[random.nextInt(kinds.length)],
                    random.nextInt(SERVERS.size()),
                    random.nextInt(WAITERS),
                    random.nextInt(15_000)))
        .toList();
  }

  private static Optional<String> difference(RedisStage stage, List<Step> steps) {
    stage.empty();
    VirtualTime time = stage.time();
    Subject expected = new Subject(new MemoryDomainThrottle(SETTINGS, time, time));
    Subject actual =
        new Subject(
            new RedisDomainThrottle(
                stage.direct(),
                (channel, listener, onGap) -> {},
                RedisStage.scripts(),
                "replica",
                SETTINGS,
                stage.timer()));
    try {
      return difference(stage, expected, actual, steps);
    } finally {
      // Who waits is looked for as long as it does, in the time of the sequences to come, too.
      expected.leave();
      actual.leave();
    }
  }

  private static Optional<String> difference(
      RedisStage stage, Subject expected, Subject actual, List<Step> steps) {
    for (int i = 1; i <= steps.size(); i++) {
      Optional<String> difference = difference(stage, expected, actual, steps.get(i - 1));
      if (difference.isEmpty() && (i % LOOK_EVERY == 0 || i == steps.size())) {
        difference = difference(expected, actual);
      }
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(
      RedisStage stage, Subject expected, Subject actual, Step step) {
    if (step.kind() == Kind.PASS) {
      stage.pass(step.time());
    }
    String wanted = expected.take(step);
    String got = actual.take(step);
    if (!wanted.equals(got)) {
      return Optional.of("%s should be %s but is %s".formatted(step, wanted, got));
    }
    Set<String> untold = expected.told();
    untold.removeAll(actual.told());
    return untold.isEmpty()
        ? Optional.empty()
        : Optional.of("%s should tell %s".formatted(step, untold));
  }

  /** Compares all that there is to tell of the domains. */
  private static Optional<String> difference(Subject expected, Subject actual) {
    String wanted = expected.domains();
    String got = actual.domains();
    return wanted.equals(got)
        ? Optional.empty()
        : Optional.of("in the end there should be %s but is %s".formatted(wanted, got));
  }

  /** A throttle, the permits that it gave, and whom it told. */
  private static final class Subject {

    private final DomainThrottle throttle;
    private final List<Permit> permits = new ArrayList<>();
    private final Set<Claim> waiters = new HashSet<>();
    private final Set<String> told = new TreeSet<>();

    Subject(DomainThrottle throttle) {
      this.throttle = throttle;
      throttle.onTurn(waiter -> told.add(waiter.identifier().value()));
    }

    /** Who was told since it asked last. */
    Set<String> told() {
      return new TreeSet<>(told);
    }

    /** All that there is to tell of the domains. */
    String domains() {
      return done(throttle.domains(Optional.empty(), 10)).domains().toString();
    }

    /** Leaves all lines. */
    void leave() {
      waiters.forEach(waiter -> done(throttle.leaveAllBut(waiter, Set.of())));
    }

    String take(Step step) {
      String domain = step.origin().domain().name();
      Claim waiter = new Claim(repo("r" + step.which() + "-" + domain), step.which());
      return switch (step.kind()) {
        case ACQUIRE -> acquire(step.origin(), waiter);
        case RELEASE ->
            permit(step)
                .map(
                    p ->
                        String.valueOf(
                            done(throttle.release(new PermitUse(p, step.arrived()), step.sign()))))
                .orElse("");
        case RENEW ->
            permit(step)
                .map(
                    p -> done(throttle.renew(List.of(new PermitUse(p, step.arrived())))).toString())
                .orElse("");
        case LEAVE -> String.valueOf(done(throttle.leaveAllBut(waiter, Set.of())));
        case PASS -> "";
      };
    }

    private String acquire(Origin server, Claim waiter) {
      told.remove(waiter.identifier().value());
      waiters.add(waiter);
      PermitDecision decision = done(throttle.tryAcquire(server, waiter));
      if (decision instanceof PermitDecision.Granted granted) {
        permits.add(granted.permit());
      }
      return decision.toString();
    }

    private Optional<Permit> permit(Step step) {
      return permits.isEmpty()
          ? Optional.empty()
          : Optional.of(permits.get(Math.max(0, permits.size() - 1 - step.which())));
    }

    private static <T> T done(CompletionStage<T> stage) {
      return stage.toCompletableFuture().join();
    }
  }
}
