package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSuitabilityTest {

  @ParameterizedTest
  @CsvSource({
    "6.2.0, master, noeviction, ''",
    "7.0.15, master, noeviction, ''",
    "10.0.0, master, noeviction, ''",
    "6.0.16, master, noeviction, too old",
    "5.9.9, master, noeviction, too old",
    "7.0.15, slave, noeviction, read-only replica",
    "7.0.15, master, allkeys-lru, maxmemory-policy",
    "7.0.15, master, volatile-ttl, maxmemory-policy"
  })
  void onlyAPrimaryThatKeepsEverythingWillDo(
      String version, String role, String policy, String problem) {
    Map<String, String> info =
        Map.of("redis_version", version, "role", role, "maxmemory_policy", policy);
    assertThat(RedisSuitability.problem(info).orElse("")).contains(problem);
    assertThat(RedisSuitability.problem(info).isEmpty()).isEqualTo(problem.isEmpty());
  }

  @Test
  void infoIsReadLineByLine() {
    assertThat(RedisSuitability.fields("# Server\r\nredis_version:7.0.15\r\n\r\nrole:master\r\n"))
        .isEqualTo(Map.of("redis_version", "7.0.15", "role", "master"));
  }
}
