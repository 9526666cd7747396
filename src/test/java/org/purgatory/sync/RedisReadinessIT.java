package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.RedisServer;
import org.purgatory.sync.testkit.SidecarBuilder;
import org.purgatory.sync.testkit.SidecarProcess;

/** A Redis that cannot be relied on: the sidecar starts, is not ready, and says what to do. */
class RedisReadinessIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path root;

  @Test
  void redisThatIsNotThereYetIsWaitedFor() {
    try (RedisServer redis = RedisServer.start("--loglevel", "warning")) {
      redis.kill();
      try (SidecarProcess sidecar = sidecar(redis.url()).launch().awaitStarted()) {
        assertThat(problem(sidecar)).contains("Redis cannot be reached", "quarkus.redis.hosts");
        redis.start();
        Await.until(SOON, "readiness", sidecar::isReady);
      }
    }
  }

  @Test
  void startAndStopBesideAHealthyRedisAreQuiet() {
    try (RedisServer redis = RedisServer.start("--loglevel", "warning");
        SidecarProcess sidecar = sidecar(redis.url()).start()) {
      sidecar.stop(SOON);
      assertThat(sidecar.log()).contains("stopped in").doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  @Test
  void evictingRedisIsNamedWithTheSetting() {
    try (RedisServer redis = RedisServer.start("--maxmemory-policy", "allkeys-lru");
        SidecarProcess sidecar = sidecar(redis.url()).launch().awaitStarted()) {
      awaitProblem(sidecar, "maxmemory-policy of Redis is allkeys-lru");
      assertThat(problem(sidecar)).contains("noeviction");
      redis.call("CONFIG", "SET", "maxmemory-policy", "noeviction");
      Await.until(SOON, "readiness", sidecar::isReady);
    }
  }

  @Test
  void readOnlyReplicaIsNamed() {
    try (RedisServer primary = RedisServer.start("--loglevel", "warning");
        RedisServer replica =
            RedisServer.start("--replicaof", "127.0.0.1", String.valueOf(primary.port()));
        SidecarProcess sidecar = sidecar(replica.url()).launch().awaitStarted()) {
      awaitProblem(sidecar, "read-only replica");
      assertThat(problem(sidecar)).contains("primary");
    }
  }

  @Test
  void wrongPasswordIsNamedAndNeverShown() {
    try (RedisServer redis = RedisServer.start("--requirepass", "right-secret");
        SidecarProcess sidecar =
            sidecar(redis.url())
                .config("quarkus.redis.password", "wrong-secret")
                .launch()
                .awaitStarted()) {
      awaitProblem(sidecar, "Redis refused the password");
      assertThat(problem(sidecar)).contains("quarkus.redis.password");
      assertThat(problem(sidecar) + sidecar.log()).doesNotContain("wrong-secret");
    }
  }

  @Test
  void passwordInTheUrlOpensRedisAndIsNeverShown() {
    try (RedisServer redis = RedisServer.start("--requirepass", "right-secret");
        SidecarProcess sidecar =
            sidecar("redis://:right-secret@127.0.0.1:" + redis.port()).start()) {
      redis.kill();
      awaitProblem(sidecar, "Redis");
      assertThat(problem(sidecar) + sidecar.log()).doesNotContain("right-secret");
    }
  }

  private SidecarBuilder sidecar(String hosts) {
    return SidecarProcess.builder()
        .config("purgatory.git.root", root)
        .config("purgatory.store", "redis")
        .config("quarkus.redis.hosts", hosts);
  }

  private static void awaitProblem(SidecarProcess sidecar, String text) {
    Await.until(SOON, "problem: " + text, () -> problem(sidecar).contains(text));
  }

  private static String problem(SidecarProcess sidecar) {
    return RestAssured.get(sidecar.managementUrl() + "/q/health/ready").asString();
  }
}
