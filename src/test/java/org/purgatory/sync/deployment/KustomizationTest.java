package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.ConfigMapArgs;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Image;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The base is complete, and every manifest is one. */
class KustomizationTest {

  private final Kustomization kustomization = Manifests.kustomization();

  @Test
  void everyFileIsListedAndEveryListedFileIsThere() throws IOException {
    Stream<String> generated =
        kustomization.getConfigMapGenerator().stream()
            .flatMap(map -> Stream.concat(map.getEnvs().stream(), map.getFiles().stream()));
    Stream<String> listed = Stream.concat(kustomization.getResources().stream(), generated);

    assertThat(Stream.concat(listed, Stream.of("kustomization.yaml", "README.md")))
        .containsExactlyInAnyOrderElementsOf(Manifests.files());
  }

  @Test
  void everyManifestIsReadStrictlyAndHasANameOfItsOwn() {
    assertThat(Manifests.resources())
        .extracting(resource -> resource.getKind() + " " + resource.getMetadata().getName())
        .contains("Deployment relay", "StatefulSet purgatory-redis", "Service purgatory-redis")
        .doesNotHaveDuplicates();
  }

  @Test
  void noManifestSaysWhichNamespace() {
    assertThat(Manifests.resources())
        .extracting(HasMetadata::getMetadata)
        .allSatisfy(metadata -> assertThat(metadata.getNamespace()).isNull());
  }

  @Test
  void theImageOfEachContainerIsNamedInOnePlace() {
    List<String> used =
        Manifests.pods().values().stream()
            .flatMap(pod -> pod.getSpec().getContainers().stream())
            .map(container -> container.getImage())
            .toList();

    assertThat(kustomization.getImages())
        .extracting(Image::getName)
        .containsExactlyInAnyOrderElementsOf(used);
    assertThat(kustomization.getImages())
        .allSatisfy(image -> assertThat(image.getNewTag()).isNotBlank().isNotEqualTo("latest"));
  }

  @Test
  void configMapsAreGeneratedSoThatAChangeOfOneStartsThePodsAnew() {
    assertThat(kustomization.getConfigMapGenerator())
        .extracting(ConfigMapArgs::getName)
        .containsExactlyInAnyOrder(Manifests.SIDECAR, "purgatory-redis");
    assertThat(kustomization.getGeneratorOptions()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec: {clusterIp: None}              | clusterIp",
        "spec: {ports: [{prot: 1}]}           | prot",
        "spec: {clusterIP: a, clusterIP: b}   | Duplicate",
        "spec: {ports: {port: 1}}             | ports",
        "---                                  | not 2"
      })
  void whatTheApiDoesNotKnowIsCaught(String line, String named) {
    assertThatThrownBy(() -> Manifests.parse("apiVersion: v1\nkind: Service\n" + line + "\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(named);
  }
}
