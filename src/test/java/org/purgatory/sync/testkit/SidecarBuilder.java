package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How to start a sidecar. It is the packaged jar on the JVM that runs the tests, with the options
 * that the system property {@code purgatory.test.java-options} lists, or the native executable that
 * {@code purgatory.test.executable} names.
 */
public final class SidecarBuilder {

  private static final String EXECUTABLE = "purgatory.test.executable";
  private static final String JAVA_OPTIONS = "purgatory.test.java-options";
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

  private final List<String> options = new ArrayList<>();
  private final Map<String, String> config = new TreeMap<>();
  private final Map<String, String> environment = new TreeMap<>(Map.of("LC_ALL", "C.UTF-8"));
  private Optional<String> executable = Optional.ofNullable(System.getProperty(EXECUTABLE));

  SidecarBuilder() {
    // Where the tests' git servers are.
    config("purgatory.git.allowed-networks", "127.0.0.0/8,::1/128");
    config("quarkus.http.port", 0);
    config("quarkus.management.port", 0);
    config("quarkus.management.host", "127.0.0.1");
  }

  static boolean startsExecutable() {
    return System.getProperty(EXECUTABLE) != null;
  }

  /** Sets a property; the last value counts. The ports are free ones unless set here. */
  public SidecarBuilder config(String property, Object value) {
    config.put(property, value.toString());
    return this;
  }

  /** Lets it try again soon what was in vain. */
  public SidecarBuilder impatient() {
    config("purgatory.sync.backoff-base", "300ms");
    return config("purgatory.sync.backoff-max", "1s");
  }

  /** Sets an environment variable. */
  public SidecarBuilder environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Lets it trust the certificates of an authority, and only those, as an operator would. */
  public SidecarBuilder trusting(CertificateAuthority authority) {
    config("javax.net.ssl.trustStore", authority.trustStore());
    return config("javax.net.ssl.trustStorePassword", authority.password());
  }

  /** Starts this native executable, whatever the system property says. */
  public SidecarBuilder executable(Path file) {
    executable = Optional.of(file.toString());
    return this;
  }

  /** Starts the jar, whatever the system property says, on a JVM with these options. */
  public SidecarBuilder java(String... jvmOptions) {
    executable = Optional.empty();
    options.addAll(List.of(jvmOptions));
    return this;
  }

  /** Bounds the heap, for example {@code 96m}. */
  public SidecarBuilder heap(String most) {
    options.add("-Xmx" + most);
    return this;
  }

  /** Starts the sidecar and waits until it is ready to serve. */
  public SidecarProcess start() {
    SidecarProcess sidecar = launch();
    try {
      return sidecar.awaitReady();
    } catch (AssertionError e) {
      sidecar.close();
      throw e;
    }
  }

  /** Starts the process and waits for nothing. */
  public SidecarProcess launch() {
    ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      return new SidecarProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    List<String> arguments = new ArrayList<>(options);
    config.forEach((property, value) -> arguments.add("-D" + property + "=" + value));
    List<String> command = new ArrayList<>();
    if (executable.isPresent()) {
      command.add(executable.get());
      command.addAll(arguments);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(javaOptions());
      command.addAll(arguments);
      command.addAll(List.of("-jar", JAR.toString()));
    }
    return command;
  }

  private static List<String> javaOptions() {
    return Stream.of(System.getProperty(JAVA_OPTIONS, "").split(" "))
        .filter(option -> !option.isEmpty())
        .toList();
  }
}
