package org.purgatory.sync.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.kustomize.v1beta1.Kustomization;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kustomize base in {@code k8s/}. */
public final class Manifests {

  /** Where the base is. */
  static final Path DIRECTORY = Path.of("k8s");

  /** The name of the sidecar's container, of its image, and of its ConfigMap. */
  static final String SIDECAR = "purgatory-sync";

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.of(
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "v1 Service", Service.class,
          "apps/v1 Deployment", Deployment.class,
          "apps/v1 StatefulSet", StatefulSet.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class);

  private Manifests() {}

  /** What the base consists of. */
  static Kustomization kustomization() {
    try {
      JsonNode tree = StrictYaml.tree(text("kustomization.yaml"));
      return StrictYaml.read(tree, Kustomization.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that the kustomization lists as a resource. */
  static List<HasMetadata> resources() {
    return kustomization().getResources().stream().map(Manifests::resource).toList();
  }

  /** The resources of one kind. */
  static <T extends HasMetadata> List<T> resources(Class<T> type) {
    return resources().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The pods that run, by the name of what runs them. */
  static Map<String, PodTemplateSpec> pods() {
    Map<String, PodTemplateSpec> pods = new TreeMap<>();
    for (Deployment deployment : resources(Deployment.class)) {
      pods.put(deployment.getMetadata().getName(), deployment.getSpec().getTemplate());
    }
    for (StatefulSet set : resources(StatefulSet.class)) {
      pods.put(set.getMetadata().getName(), set.getSpec().getTemplate());
    }
    return pods;
  }

  /** The sidecar's pod. */
  static PodTemplateSpec sidecarsPod() {
    return pods().get("relay");
  }

  /** The sidecar's container. */
  public static Container sidecar() {
    return sidecarsPod().getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(SIDECAR))
        .findFirst()
        .orElseThrow();
  }

  /** How long the sidecar's pod has for a stop. */
  public static long stopSeconds() {
    return sidecarsPod().getSpec().getTerminationGracePeriodSeconds();
  }

  /** The sidecar's environment, with a stand-in for what comes out of a Secret. */
  public static Map<String, String> sidecarsEnvironment() {
    Map<String, String> environment = new TreeMap<>(environmentFile("sidecar.env"));
    sidecar()
        .getEnv()
        .forEach(
            variable ->
                environment.put(
                    variable.getName(),
                    variable.getValue() == null ? "from a secret" : variable.getValue()));
    return environment;
  }

  /** The text of a file of the base. */
  static String text(String file) throws IOException {
    return Files.readString(DIRECTORY.resolve(file));
  }

  /** The names of all the files of the base. */
  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static HasMetadata resource(String file) {
    try {
      return parse(text(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": " + e.getMessage(), e);
    }
  }

  static HasMetadata parse(String text) throws IOException {
    JsonNode tree = StrictYaml.tree(text);
    String kind = tree.path("apiVersion").asText() + " " + tree.path("kind").asText();
    Class<? extends HasMetadata> type = KINDS.get(kind);
    if (type == null) {
      throw new IOException("unknown kind: " + kind);
    }
    return StrictYaml.read(tree, type);
  }

  private static Map<String, String> environmentFile(String file) {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(DIRECTORY.resolve(file))) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }
}
