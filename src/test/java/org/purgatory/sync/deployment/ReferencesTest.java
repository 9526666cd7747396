package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.ConfigMapArgs;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a manifest names is there: the API server does not look before the pod hangs. */
class ReferencesTest {

  private final Map<String, PodTemplateSpec> pods = Manifests.pods();

  @Test
  void selectorsSelect() {
    for (Deployment deployment : Manifests.resources(Deployment.class)) {
      assertSelects(
          deployment.getSpec().getSelector().getMatchLabels(), deployment.getSpec().getTemplate());
    }
    for (StatefulSet set : Manifests.resources(StatefulSet.class)) {
      assertSelects(set.getSpec().getSelector().getMatchLabels(), set.getSpec().getTemplate());
      assertSelects(service(set.getSpec().getServiceName()), set.getSpec().getTemplate());
    }
  }

  @Test
  void networkPoliciesAreAboutPodsThatThereAre() {
    for (NetworkPolicy policy : Manifests.resources(NetworkPolicy.class)) {
      String name = policy.getMetadata().getName();
      assertSelects(policy.getSpec().getPodSelector().getMatchLabels(), pods.get(name));
    }
  }

  @Test
  void mountsAndClaimsAreThere() {
    assertThat(pods.get("relay").getSpec().getVolumes())
        .extracting(Volume::getPersistentVolumeClaim)
        .filteredOn(Objects::nonNull)
        .extracting(claim -> claim.getClaimName())
        .containsExactlyElementsOf(names(Manifests.resources(PersistentVolumeClaim.class)));
    pods.forEach(
        (name, pod) ->
            assertThat(volumes(name, pod.getSpec()))
                .as(name)
                .containsExactlyInAnyOrderElementsOf(mounted(pod.getSpec())));
  }

  @Test
  void generatedConfigMapsAreUsed() {
    Stream<String> mounted =
        pods.values().stream()
            .flatMap(pod -> pod.getSpec().getVolumes().stream())
            .filter(volume -> volume.getConfigMap() != null)
            .map(volume -> volume.getConfigMap().getName());
    Stream<String> environments =
        containers()
            .flatMap(container -> container.getEnvFrom().stream())
            .map(source -> source.getConfigMapRef().getName());

    assertThat(Stream.concat(mounted, environments))
        .containsExactlyInAnyOrderElementsOf(
            Manifests.kustomization().getConfigMapGenerator().stream()
                .map(ConfigMapArgs::getName)
                .toList());
  }

  @Test
  void bothSidesTakeThePasswordFromTheSameSecret() {
    assertThat(containers().flatMap(container -> container.getEnv().stream()))
        .extracting(EnvVar::getName)
        .containsExactlyInAnyOrder("QUARKUS_REDIS_PASSWORD", "REDIS_PASSWORD", "REDISCLI_AUTH");
    assertThat(containers().flatMap(container -> container.getEnv().stream()))
        .allSatisfy(
            variable -> {
              assertThat(variable.getValue()).isNull();
              assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                  .isEqualTo("purgatory-redis");
              assertThat(variable.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("password");
            });
  }

  @Test
  void namedPortsAreThere() {
    containers()
        .forEach(
            container ->
                assertThat(ports(container))
                    .as(container.getName())
                    .containsAll(probedPorts(container)));
    for (Service service : Manifests.resources(Service.class)) {
      List<Container> behind = pods.get(service.getMetadata().getName()).getSpec().getContainers();
      assertThat(service.getSpec().getPorts())
          .allSatisfy(port -> assertThat(ports(behind.get(0))).contains(port.getTargetPort()));
    }
  }

  private Map<String, String> service(String name) {
    return Manifests.resources(Service.class).stream()
        .filter(service -> service.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getSpec()
        .getSelector();
  }

  private Stream<Container> containers() {
    return pods.values().stream().flatMap(pod -> pod.getSpec().getContainers().stream());
  }

  private static void assertSelects(Map<String, String> selector, PodTemplateSpec pod) {
    assertThat(selector).isNotEmpty();
    assertThat(pod.getMetadata().getLabels()).containsAllEntriesOf(selector);
  }

  private static List<String> volumes(String name, PodSpec pod) {
    List<String> volumes = new ArrayList<>(pod.getVolumes().stream().map(Volume::getName).toList());
    Manifests.resources(StatefulSet.class).stream()
        .filter(set -> set.getMetadata().getName().equals(name))
        .forEach(set -> volumes.addAll(names(set.getSpec().getVolumeClaimTemplates())));
    return volumes;
  }

  private static List<String> mounted(PodSpec pod) {
    return pod.getContainers().stream()
        .flatMap(container -> container.getVolumeMounts().stream())
        .map(VolumeMount::getName)
        .distinct()
        .toList();
  }

  private static List<String> names(List<PersistentVolumeClaim> claims) {
    return claims.stream().map(claim -> claim.getMetadata().getName()).toList();
  }

  private static List<IntOrString> ports(Container container) {
    return container.getPorts().stream().map(ContainerPort::getName).map(IntOrString::new).toList();
  }

  private static List<IntOrString> probedPorts(Container container) {
    return Stream.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())
        .filter(Objects::nonNull)
        .map(ReferencesTest::probedPort)
        .filter(Objects::nonNull)
        .toList();
  }

  private static IntOrString probedPort(Probe probe) {
    if (probe.getHttpGet() != null) {
      return probe.getHttpGet().getPort();
    }
    return probe.getTcpSocket() == null ? null : probe.getTcpSocket().getPort();
  }
}
