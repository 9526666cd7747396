package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.deployment.Manifests;

/** The sidecar would start with what the manifests set. */
class KubernetesConfigTest {

  private static final int ENVIRONMENT = 300;

  @TempDir Path root;

  @Test
  void theProgramAllowsTheManifestsConfiguration() {
    Map<String, String> environment = new HashMap<>(Manifests.sidecarsEnvironment());
    environment.put("PURGATORY_GIT_ROOT", root.toString());
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(PurgatoryConfig.class)
            .withSources(new EnvConfigSource(environment, ENVIRONMENT))
            .build();
    PurgatoryConfig purgatory = config.getConfigMapping(PurgatoryConfig.class);
    boolean redisNamed = config.getOptionalValue("quarkus.redis.hosts", String.class).isPresent();

    assertThat(
            ConfigCheck.problems(purgatory, new FrameworkSettings("127.0.0.1", false, redisNamed)))
        .isEmpty();
    assertThat(purgatory.store()).isEqualTo(PurgatoryConfig.REDIS);
  }

  @Test
  void thePodIsGivenTheTimeThatAStopMayTake() {
    assertThat(Manifests.stopSeconds())
        .isGreaterThanOrEqualTo(Threads.LAST_WORK_SECONDS + 5)
        .isLessThanOrEqualTo(20);
  }
}
