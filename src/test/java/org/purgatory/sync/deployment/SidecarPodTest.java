package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pod fits the program: its ports, its endpoints, its variables, its volume. */
class SidecarPodTest {

  private final Container sidecar = Manifests.sidecar();
  private final Map<String, String> environment = Manifests.sidecarsEnvironment();

  @Test
  void everyVariableSetsAPropertyThatThereIs() {
    assertThat(ProgramProperties.environmentNames()).containsAll(environment.keySet());
  }

  @Test
  void variablesThatSetNothingAreCaught() {
    assertThat(ProgramProperties.environmentNames())
        .contains("PURGATORY_GIT_ROOT", "PURGATORY_THROTTLE_MAX_PER_MINUTE", "QUARKUS_REDIS_HOSTS")
        .doesNotContain("PURGATORY_ROOT", "PURGATORY_GIT", "QUARKUS_REDIS_HOST", "LC_ALL");
  }

  @Test
  void onlyTheManagementInterfaceLeavesThePod() {
    assertThat(ProgramProperties.builtIn("quarkus.management.enabled")).isEqualTo("true");
    assertThat(ProgramProperties.builtIn("quarkus.management.host")).isEqualTo("0.0.0.0");
    assertThat(ProgramProperties.builtIn("quarkus.http.host")).isEqualTo("127.0.0.1");
    assertThat(sidecar.getPorts())
        .extracting(ContainerPort::getContainerPort)
        .containsExactly(ProgramProperties.port("quarkus.management.port"));
    assertThat(environment.keySet())
        .noneMatch(name -> name.startsWith("QUARKUS_HTTP") || name.endsWith("_PORT"));
  }

  @Test
  void theKubeletAsksTheProgramsHealthEndpoints() {
    assertThat(sidecar.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/started");
    assertThat(sidecar.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
    assertThat(sidecar.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
    assertThat(ProgramProperties.builtIn("quarkus.management.root-path")).isNull();
    assertThat(ProgramProperties.builtIn("quarkus.smallrye-health.root-path")).isNull();
  }

  @Test
  void prometheusIsSentToTheMetrics() {
    assertThat(Manifests.sidecarsPod().getMetadata().getAnnotations())
        .containsEntry(
            "prometheus.io/port",
            Integer.toString(ProgramProperties.port("quarkus.management.port")))
        .containsEntry("prometheus.io/path", "/q/metrics");
  }

  @Test
  void bothContainersHaveTheGitDataAtTheSamePlace() {
    assertThat(Manifests.sidecarsPod().getSpec().getContainers())
        .hasSize(2)
        .allSatisfy(
            container ->
                assertThat(container.getVolumeMounts())
                    .filteredOn(mount -> mount.getName().equals("git-data"))
                    .singleElement()
                    .satisfies(mount -> assertThat(mount.getReadOnly()).isNull())
                    .extracting(VolumeMount::getMountPath)
                    .isEqualTo(environment.get("PURGATORY_GIT_ROOT")));
  }
}
