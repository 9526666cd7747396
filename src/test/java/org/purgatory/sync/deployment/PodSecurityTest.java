package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pod passes Pod Security's level "restricted", and more. */
class PodSecurityTest {

  static Stream<PodSpec> pods() {
    return Manifests.pods().values().stream().map(pod -> pod.getSpec());
  }

  static Stream<Container> containers() {
    return pods().flatMap(pod -> pod.getContainers().stream());
  }

  @ParameterizedTest
  @MethodSource("pods")
  void podsRunAsAUserWhoIsNotRoot(PodSpec pod) {
    PodSecurityContext context = pod.getSecurityContext();
    assertThat(context.getRunAsNonRoot()).isTrue();
    assertThat(context.getRunAsUser()).isPositive();
    assertThat(context.getRunAsGroup()).isPositive();
    assertThat(context.getFsGroup()).isEqualTo(context.getRunAsGroup());
    assertThat(context.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
  }

  @ParameterizedTest
  @MethodSource("pods")
  void podsSeeNeitherTheApiNorTheNodeNorOtherServicesNames(PodSpec pod) {
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getVolumes()).extracting(Volume::getHostPath).containsOnlyNulls();
  }

  @ParameterizedTest
  @MethodSource("containers")
  void containersMayDoNothingSpecial(Container container) {
    SecurityContext context = container.getSecurityContext();
    assertThat(context.getAllowPrivilegeEscalation()).isFalse();
    assertThat(context.getReadOnlyRootFilesystem()).isTrue();
    assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(context.getCapabilities().getAdd()).isEmpty();
    assertThat(context.getPrivileged()).isNull();
    // None takes back what the pod says.
    assertThat(context.getRunAsUser()).isNull();
    assertThat(context.getRunAsNonRoot()).isNull();
    assertThat(context.getSeccompProfile()).isNull();
  }

  @ParameterizedTest
  @MethodSource("containers")
  void containersSayWhatTheyNeedAndHaveABound(Container container) {
    List<String> bounded = List.of("cpu", "memory");
    assertThat(container.getResources().getRequests()).containsOnlyKeys(bounded);
    assertThat(container.getResources().getLimits()).containsOnlyKeys(bounded);
    bounded.forEach(
        resource ->
            assertThat(container.getResources().getRequests().get(resource).getNumericalAmount())
                .isLessThanOrEqualTo(
                    container.getResources().getLimits().get(resource).getNumericalAmount()));
  }

  @ParameterizedTest
  @MethodSource("pods")
  void whatIsForPassingUseHasABound(PodSpec pod) {
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getEmptyDir() != null)
        .allSatisfy(volume -> assertThat(volume.getEmptyDir().getSizeLimit()).isNotNull())
        .extracting(Volume::getName)
        .containsExactly("tmp");
    assertThat(pod.getContainers())
        .filteredOn(container -> !container.getName().equals("relay"))
        .allSatisfy(
            container ->
                assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains("/tmp"));
  }
}
