package org.purgatory.sync.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.deployment.Dockerfile.Instruction;

/** The images fit the program and the pod. */
class DockerfileTest {

  /** Read by the C library and by the JVM's launcher; all others are properties. */
  private static final Set<String> NOT_OURS = Set.of("LC_ALL", "JDK_JAVA_OPTIONS");

  static Stream<Dockerfile> images() throws IOException {
    return Stream.of(Dockerfile.read("Dockerfile.jvm"), Dockerfile.read("Dockerfile.native"));
  }

  @Test
  void everyDockerfileIsLookedAt() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/docker"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(images().map(Dockerfile::name).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("images")
  void theUserIsANumberAndThePodsAndSetLast(Dockerfile image) {
    var pod = Manifests.sidecarsPod().getSpec().getSecurityContext();

    assertThat(image.last("USER").rest())
        .matches("[1-9]\\d*:[1-9]\\d*")
        .isEqualTo(pod.getRunAsUser() + ":" + pod.getRunAsGroup());
    List<Instruction> afterUser =
        image
            .instructions()
            .subList(
                image.instructions().indexOf(image.last("USER")) + 1, image.instructions().size());
    assertThat(afterUser).extracting(Instruction::keyword).isSubsetOf("ENTRYPOINT", "CMD");
  }

  @ParameterizedTest
  @MethodSource("images")
  void noShellStandsBetweenTheProgramAndItsSignals(Dockerfile image) {
    assertThat(image.all("ENTRYPOINT")).singleElement().matches(Instruction::isJsonArray);
    assertThat(image.all("CMD")).allMatch(Instruction::isJsonArray);
  }

  @ParameterizedTest
  @MethodSource("images")
  void onlyThePortThatLeavesLoopbackIsExposed(Dockerfile image) {
    assertThat(image.all("EXPOSE"))
        .extracting(Instruction::rest)
        .containsExactly(ProgramProperties.builtIn("quarkus.management.port"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void everyVariableSetsAPropertyThatThereIs(Dockerfile image) {
    assertThat(image.pairs("ENV"))
        .containsEntry("LC_ALL", "C.UTF-8")
        .containsEntry(
            "PURGATORY_GIT_ROOT", Manifests.sidecarsEnvironment().get("PURGATORY_GIT_ROOT"));
    assertThat(image.pairs("ENV").keySet())
        .filteredOn(name -> !NOT_OURS.contains(name))
        .isSubsetOf(ProgramProperties.environmentNames());
  }

  @ParameterizedTest
  @MethodSource("images")
  void theHeapLeavesRoomInTheContainer(Dockerfile image) {
    String flags = image.pairs("ENV").get("JDK_JAVA_OPTIONS") + image.all("CMD");
    assertThat(flags).contains("-Xmx256m");
    assertThat(
            Manifests.sidecar()
                .getResources()
                .getLimits()
                .get("memory")
                .getNumericalAmount()
                .longValue())
        .isGreaterThanOrEqualTo(2 * 256L << 20);
  }

  @ParameterizedTest
  @MethodSource("images")
  void itSaysWhatItIs(Dockerfile image) {
    assertThat(image.pairs("LABEL"))
        .containsKeys("org.opencontainers.image.title", "org.opencontainers.image.description")
        .containsEntry("org.opencontainers.image.licenses", "MIT")
        .containsEntry("org.opencontainers.image.version", "${VERSION}");
    assertThat(image.all("ARG")).extracting(Instruction::rest).containsExactly("VERSION=dev");
  }

  @ParameterizedTest
  @MethodSource("images")
  void theBaseHasAVersion(Dockerfile image) {
    assertThat(image.all("FROM"))
        .singleElement()
        .extracting(Instruction::rest)
        .asString()
        .matches("\\S+:\\d\\S*");
  }

  @ParameterizedTest
  @MethodSource("images")
  void whatIsCopiedIsNotIgnored(Dockerfile image) throws IOException {
    List<String> ignore = Files.readAllLines(Path.of(".dockerignore"));
    assertThat(ignore).startsWith("*");
    List<String> letThrough =
        ignore.stream().filter(line -> line.startsWith("!")).map(l -> l.substring(1)).toList();

    assertThat(image.copied())
        .isNotEmpty()
        .allMatch(
            source ->
                letThrough.stream()
                    .anyMatch(path -> source.equals(path) || source.startsWith(path + "/")));
  }

  @Test
  void theCacheIsMadeWithTheFlagsThatItIsUsedWith() throws IOException {
    Dockerfile image = Dockerfile.read("Dockerfile.jvm");
    List<String> entrypoint =
        Arrays.asList(image.last("ENTRYPOINT").rest().replaceAll("[\\[\\]\",]", "").split(" "));
    String started = String.join(" ", entrypoint).replace("AOTCache=", "AOTCacheOutput=");

    assertThat(image.last("RUN").rest()).contains(started + ";");
    assertThat(image.instructions().indexOf(image.last("RUN")))
        .isGreaterThan(image.instructions().indexOf(image.last("ENV")))
        .isGreaterThan(image.instructions().indexOf(image.last("COPY")));
  }
}
