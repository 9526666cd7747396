package org.purgatory.sync;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.purgatory.sync.git.IpNetwork;
import org.purgatory.sync.git.RepositoryLayout;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.InvalidValueException;

/** Says what values are allowed, beyond what their types say. Finds all problems at once. */
final class ConfigCheck {

  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration YEAR = Duration.ofDays(365);
  private static final long KIBIBYTE = 1L << 10;
  private static final long TEBIBYTE = 1L << 40;

  /** Java's arrays have less than 2 GiB. */
  private static final long MOST_OBJECT_BYTES = 2047L << 20;

  private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private final PurgatoryConfig config;
  private final FrameworkSettings framework;
  private final Problems problems = new Problems();

  private ConfigCheck(PurgatoryConfig config, FrameworkSettings framework) {
    this.config = config;
    this.framework = framework;
  }

  /**
   * Checks everything.
   *
   * @param config the configuration
   * @param framework what of the framework's configuration matters
   * @return a line for each problem; empty if all is well
   */
  static List<String> problems(PurgatoryConfig config, FrameworkSettings framework) {
    return new ConfigCheck(config, framework).check();
  }

  private List<String> check() {
    checkStore();
    checkGit(config.git());
    checkSync(config.sync());
    checkThrottle(config.throttle());
    checkResults(config.results());
    checkLimits(config.limits());
    checkListening();
    return problems.found();
  }

  private void checkStore() {
    boolean redis = config.store().equals(PurgatoryConfig.REDIS);
    problems.require(
        redis || config.store().equals("memory"),
        "purgatory.store",
        quoted(config.store()),
        "memory or redis");
    problems.require(
        GROUP.matcher(config.group()).matches(),
        "purgatory.group",
        quoted(config.group()),
        "1 to 64 letters, digits, dots, underscores or hyphens");
    if (redis && !framework.redisNamed()) {
      problems.add(
          "quarkus.redis.hosts is required with purgatory.store=redis: redis://<host>:6379");
    }
  }

  private void checkGit(GitConfig git) {
    checkRoot(git);
    try {
      RepositoryLayout.parse(git.repositoryLayout());
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    git.ownDomains()
        .orElse(List.of())
        .forEach(host -> checkHost("purgatory.git.own-domains", host));
    git.allowedNetworks().orElse(List.of()).forEach(this::checkNetwork);
    problems.requireBetween("purgatory.git.max-wire-bytes", git.maxWireBytes(), KIBIBYTE, TEBIBYTE);
    problems.requireBetween(
        "purgatory.git.max-object-bytes", git.maxObjectBytes(), KIBIBYTE, MOST_OBJECT_BYTES);
    problems.requireBetween("purgatory.git.max-objects", git.maxObjects(), 1, 1_000_000_000);
    problems.requireBetween(
        "purgatory.git.max-concurrent-fetches", git.maxConcurrentFetches(), 1, 1000);
    String total = "purgatory.git.total-timeout";
    problems.requireBetween(total, git.totalTimeout(), MOMENT, DAY);
    String connect = "purgatory.git.connect-timeout";
    problems.requireBetween(connect, git.connectTimeout(), MOMENT, DAY);
    problems.requireAtMost(connect, git.connectTimeout(), total, git.totalTimeout());
    String stall = "purgatory.git.stall-timeout";
    problems.requireBetween(stall, git.stallTimeout(), MOMENT, DAY);
    problems.requireAtMost(stall, git.stallTimeout(), total, git.totalTimeout());
  }

  private void checkNetwork(String network) {
    try {
      IpNetwork.parse(network);
    } catch (IllegalArgumentException e) {
      problems.require(
          false,
          "purgatory.git.allowed-networks",
          quoted(network),
          "ranges of addresses such as 10.0.0.0/8 or fd00::/8, without bits beyond the prefix");
    }
  }

  private void checkRoot(GitConfig git) {
    String property = "purgatory.git.root";
    String allowed = "the directory of the relay's git data, readable and writable";
    if (git.root().isEmpty()) {
      problems.add(property + " is required: " + allowed);
      return;
    }
    String value = git.root().get();
    try {
      Path root = Path.of(value);
      boolean usable =
          Files.isDirectory(root)
              && Files.isReadable(root)
              && Files.isWritable(root)
              && Files.isExecutable(root);
      problems.require(usable, property, quoted(value), allowed);
    } catch (InvalidPathException e) {
      problems.require(false, property, quoted(value), allowed);
    }
  }

  private void checkSync(SyncConfig sync) {
    String expiry = "purgatory.sync.expiry";
    problems.requireBetween(expiry, sync.expiry(), Duration.ofSeconds(1), YEAR);
    checkDelay("purgatory.sync.default-delay", sync.defaultDelay(), expiry, sync.expiry());
    checkDelay("purgatory.sync.immediate-delay", sync.immediateDelay(), expiry, sync.expiry());
    problems.requireBetween(
        "purgatory.sync.loop-interval", sync.loopInterval(), MOMENT, Duration.ofMinutes(1));
    String backoffMax = "purgatory.sync.backoff-max";
    problems.requireBetween(backoffMax, sync.backoffMax(), MOMENT, DAY);
    String backoffBase = "purgatory.sync.backoff-base";
    problems.requireBetween(backoffBase, sync.backoffBase(), MOMENT, DAY);
    problems.requireAtMost(backoffBase, sync.backoffBase(), backoffMax, sync.backoffMax());
    problems.requireBetween(
        "purgatory.sync.expired-memory", sync.expiredMemory(), Duration.ZERO, YEAR);
    // It is renewed three times within its length, and the scheduler's pace is a second.
    problems.requireBetween(
        "purgatory.sync.lease", sync.lease(), Duration.ofSeconds(3), Duration.ofHours(1));
  }

  /** An event that expires before its first attempt would never be hunted. */
  private void checkDelay(String property, Duration delay, String expiryName, Duration expiry) {
    problems.requireBetween(property, delay, Duration.ZERO, YEAR);
    problems.requireAtMost(property, delay, expiryName, expiry);
  }

  private void checkThrottle(ThrottleConfig throttle) {
    checkLimits("purgatory.throttle.", throttle.maxConcurrent(), throttle.maxPerMinute());
    throttle
        .domain()
        .forEach(
            (host, limits) -> {
              checkHost("purgatory.throttle.domain", host);
              checkLimits(
                  "purgatory.throttle.domain.\"" + host + "\".",
                  limits.maxConcurrent().orElse(1),
                  limits.maxPerMinute().orElse(1));
            });
  }

  private void checkLimits(String prefix, int maxConcurrent, int maxPerMinute) {
    problems.requireBetween(prefix + "max-concurrent", maxConcurrent, 1, 1000);
    problems.requireBetween(prefix + "max-per-minute", maxPerMinute, 1, 1_000_000);
  }

  private void checkResults(ResultsConfig results) {
    problems.requireBetween(
        "purgatory.results.retention", results.retention(), Duration.ofSeconds(1), YEAR);
    problems.requireBetween(
        "purgatory.results.max-results", results.maxResults(), 1, Integer.MAX_VALUE);
    problems.requireBetween(
        "purgatory.results.bookmark-interval",
        results.bookmarkInterval(),
        Duration.ofMillis(10),
        Duration.ofHours(1));
  }

  private void checkLimits(LimitsConfig limits) {
    problems.requireBetween(
        "purgatory.limits.identifiers", limits.identifiers(), 1, Integer.MAX_VALUE);
    problems.requireBetween(
        "purgatory.limits.events-per-identifier", limits.eventsPerIdentifier(), 1, 1_000_000);
    problems.requireBetween("purgatory.limits.event-bytes", limits.eventBytes(), 1024, 16_777_216);
    problems.requireBetween("purgatory.limits.oids-per-event", limits.oidsPerEvent(), 1, 1_000_000);
  }

  private void checkListening() {
    String why = ": there is no authentication yet, and whoever reaches gRPC can move refs";
    problems.require(
        LOOPBACK.contains(framework.httpHost()),
        "quarkus.http.host",
        quoted(framework.httpHost()) + why,
        "127.0.0.1, localhost or ::1");
    problems.require(
        !framework.separateGrpcServer(),
        "quarkus.grpc.server.use-separate-server",
        "true" + why,
        "false");
  }

  private void checkHost(String property, String host) {
    try {
      Domain.of(host);
    } catch (InvalidValueException e) {
      problems.require(false, property, quoted(host), "a host name, without scheme and port");
    }
  }
}
