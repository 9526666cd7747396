package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigValidationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCheckTest {

  private static final FrameworkSettings LOOPBACK =
      new FrameworkSettings("127.0.0.1", false, false);

  @TempDir Path root;

  @Test
  void defaultsAreAllowed() {
    assertThat(ConfigCheck.problems(Configs.withRoot(root), LOOPBACK)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "purgatory.store                       | disk       | must be memory or redis, not \"disk\"",
        "purgatory.git.repository-layout       | {owner}    | must be {npub}/{identifier}.git or",
        "purgatory.git.own-domains             | a.org,b c  | must be a host name, without scheme",
        "purgatory.git.allowed-networks        | 10.0.0.1/8 | without bits beyond the prefix, not \"10.0.0.1/8\"",
        "purgatory.git.allowed-networks        | ::1/128,x/8| without bits beyond the prefix, not \"x/8\"",
        "purgatory.git.max-wire-bytes          | 1023       | between 1K and 1T bytes, not 1023",
        "purgatory.git.max-wire-bytes          | 2T         | between 1K and 1T bytes, not 2199023255552",
        "purgatory.git.max-object-bytes        | 2G         | between 1K and 2047M bytes, not 2147483648",
        "purgatory.git.max-objects             | 0          | between 1 and 1000000000, not 0",
        "purgatory.git.max-concurrent-fetches  | 0          | between 1 and 1000, not 0",
        "purgatory.git.connect-timeout         | 0s         | between 1ms and 1d, not 0s",
        "purgatory.git.connect-timeout         | 11m        | total-timeout (10m), not 11m",
        "purgatory.git.stall-timeout           | 11m        | total-timeout (10m), not 11m",
        "purgatory.git.total-timeout           | -1s        | between 1ms and 1d, not -1s",
        "purgatory.sync.default-delay          | 31m        | purgatory.sync.expiry (30m), not 31m",
        "purgatory.sync.immediate-delay        | -1ms       | between 0s and 365d, not -1ms",
        "purgatory.sync.loop-interval          | 61s        | between 1ms and 1m, not 61s",
        "purgatory.sync.backoff-base           | 121s       | backoff-max (2m), not 121s",
        "purgatory.sync.backoff-max            | 25h        | between 1ms and 1d, not 25h",
        "purgatory.sync.expiry                 | 0s         | between 1s and 365d, not 0s",
        "purgatory.sync.expired-memory         | 366d       | between 0s and 365d, not 366d",
        "purgatory.sync.lease                  | 2999ms     | between 3s and 1h, not 2999ms",
        "purgatory.throttle.max-concurrent     | 0          | between 1 and 1000, not 0",
        "purgatory.throttle.max-per-minute     | 0          | between 1 and 1000000, not 0",
        "purgatory.throttle.domain.\"a.org\".max-per-minute | 0 | between 1 and 1000000, not 0",
        "purgatory.throttle.domain.\"a.org\".max-concurrent | -1 | between 1 and 1000, not -1",
        "purgatory.throttle.domain             | \"a b\"    | must be a host name, without scheme",
        "purgatory.results.retention           | 0s         | between 1s and 365d, not 0s",
        "purgatory.results.max-results         | 0          | between 1 and 2147483647, not 0",
        "purgatory.results.bookmark-interval   | 1ms        | between 10ms and 1h, not 1ms",
        "purgatory.limits.identifiers          | 0          | between 1 and 2147483647, not 0",
        "purgatory.limits.events-per-identifier| 0          | between 1 and 1000000, not 0",
        "purgatory.limits.event-bytes          | 1023       | between 1024 and 16777216, not 1023",
        "purgatory.limits.oids-per-event       | 0          | between 1 and 1000000, not 0",
      })
  void aValueBeyondItsRangeIsNamedWithWhatIsAllowed(String property, String value, String allowed) {
    Map<String, String> properties =
        value.startsWith("\"")
            ? Map.of(property + "." + value + ".max-concurrent", "1")
            : Map.of(property, value);

    List<String> problems = ConfigCheck.problems(Configs.withRoot(root, properties), LOOPBACK);

    assertThat(problems)
        .anySatisfy(problem -> assertThat(problem).startsWith(property).contains(allowed));
  }

  @Test
  void allProblemsAreFoundAtOnce() {
    Map<String, String> properties =
        Map.of("purgatory.store", "disk", "purgatory.limits.identifiers", "0");

    assertThat(
            ConfigCheck.problems(Configs.of(properties), new FrameworkSettings("::", true, false)))
        .extracting(problem -> problem.split(" ")[0])
        .containsExactly(
            "purgatory.store",
            "purgatory.git.root",
            "purgatory.limits.identifiers",
            "quarkus.http.host",
            "quarkus.grpc.server.use-separate-server");
  }

  @Test
  void redisMustBeNamedToBeTheStore() {
    PurgatoryConfig config = Configs.withRoot(root, Map.of("purgatory.store", "redis"));

    assertThat(ConfigCheck.problems(config, LOOPBACK))
        .singleElement()
        .asString()
        .startsWith("quarkus.redis.hosts is required");
    assertThat(ConfigCheck.problems(config, new FrameworkSettings("127.0.0.1", false, true)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "{a}", "a:b", "\u00fc"})
  void groupIsAPlainName(String group) {
    assertThat(
            ConfigCheck.problems(
                Configs.withRoot(root, Map.of("purgatory.group", group)), LOOPBACK))
        .singleElement()
        .asString()
        .startsWith("purgatory.group must be");
  }

  @Test
  void theGitRootMustBeADirectory() throws IOException {
    Path file = Files.createFile(root.resolve("file"));

    for (String wrong : List.of(file.toString(), root.resolve("none").toString(), "nul\0byte")) {
      assertThat(ConfigCheck.problems(Configs.of(Map.of("purgatory.git.root", wrong)), LOOPBACK))
          .singleElement()
          .asString()
          .startsWith("purgatory.git.root must be the directory of the relay's git data");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
  void loopbackMayBeListenedOn(String host) {
    assertThat(
            ConfigCheck.problems(Configs.withRoot(root), new FrameworkSettings(host, false, false)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "example.org", ""})
  void nothingElseMayBeListenedOnWithoutAuthentication(String host) {
    assertThat(
            ConfigCheck.problems(Configs.withRoot(root), new FrameworkSettings(host, false, false)))
        .singleElement()
        .asString()
        .contains("quarkus.http.host", "there is no authentication yet");
  }

  @ParameterizedTest
  @CsvSource({
    "purgatory.sync.expiry, abc",
    "purgatory.throttle.max-concurrent, many",
    "purgatory.git.max-wire-bytes, 2X"
  })
  void aValueOfAnotherTypeIsNamed(String property, String value) {
    assertThatThrownBy(() -> Configs.withRoot(root, Map.of(property, value)))
        .isInstanceOf(ConfigValidationException.class)
        .hasMessageContainingAll(property, value);
  }

  @Test
  void aMisspeltPropertyIsRefused() {
    assertThatThrownBy(() -> Configs.withRoot(root, Map.of("purgatory.sync.expirry", "3m")))
        .isInstanceOf(ConfigValidationException.class)
        .hasMessageContaining("purgatory.sync.expirry");
  }
}
