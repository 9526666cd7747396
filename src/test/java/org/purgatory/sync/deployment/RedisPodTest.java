package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Redis is what the sidecar asks for, where it looks for it. */
class RedisPodTest {

  private final Container redis =
      Manifests.pods().get("purgatory-redis").getSpec().getContainers().get(0);

  @Test
  void itEvictsNothingAndKeepsWhatItHasOnItsVolume() throws IOException {
    assertThat(directives())
        .containsEntry("maxmemory-policy", "noeviction")
        .containsEntry("appendonly", "yes")
        .containsEntry("appendfsync", "everysec");
    assertThat(redis.getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("data"))
        .singleElement()
        .extracting(VolumeMount::getMountPath)
        .isEqualTo(directives().get("dir"));
  }

  @Test
  void itAnswersThatItIsFullBeforeTheKernelEndsIt() throws IOException {
    String maximum = directives().get("maxmemory");
    assertThat(maximum).endsWith("mb");
    long bytes = Long.parseLong(maximum.replace("mb", "")) << 20;
    assertThat(redis.getResources().getLimits().get("memory").getNumericalAmount().longValue())
        .isGreaterThanOrEqualTo(2 * bytes);
  }

  @Test
  void itIsWhereTheSidecarLooksForIt() {
    URI hosts = URI.create(Manifests.sidecarsEnvironment().get("QUARKUS_REDIS_HOSTS"));
    Service service = Manifests.resources(Service.class).get(0);

    assertThat(hosts.getScheme()).isEqualTo("redis");
    assertThat(hosts.getUserInfo()).isNull();
    assertThat(hosts.getHost()).isEqualTo(service.getMetadata().getName());
    assertThat(service.getSpec().getPorts().get(0).getPort()).isEqualTo(hosts.getPort());
    assertThat(redis.getPorts())
        .extracting(ContainerPort::getContainerPort)
        .containsExactly(hosts.getPort());
  }

  @Test
  void itAsksForThePassword() {
    assertThat(redis.getArgs()).endsWith("--requirepass", "$(REDIS_PASSWORD)");
  }

  private static Map<String, String> directives() throws IOException {
    return Manifests.text("redis.conf")
        .lines()
        .filter(Predicate.not(line -> line.isBlank() || line.startsWith("#")))
        .map(line -> List.of(line.split(" ", 2)))
        .collect(Collectors.toMap(words -> words.get(0), words -> words.get(1)));
  }
}
