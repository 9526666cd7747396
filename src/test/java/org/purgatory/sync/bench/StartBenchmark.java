package org.purgatory.sync.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.purgatory.sync.testkit.ProcessMemory;

/**
 * What a start costs, by how the sidecar is packaged: as a native executable, on the JVM that runs
 * this, and on that JVM with an AOT cache. Measures what is in {@code target}.
 */
public final class StartBenchmark {

  private static final int STARTS = 10;
  private static final Duration IDLE_FOR = Duration.ofSeconds(3);
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);
  private static final int FIRST_JDK_WITH_AOT_CACHE = 25;
  private static final String HEAP = "-Xmx256m";

  /** What Dockerfile.jvm sets. An executable has this collector anyway. */
  private static final List<String> JVM = List.of(HEAP, "-XX:+UseSerialGC");

  private static final Path TARGET = Path.of("target");
  private static final Path JAR = TARGET.resolve("quarkus-app/quarkus-run.jar");
  private static final Path CACHE = TARGET.resolve("bench.aot");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private final HttpClient http = HttpClient.newHttpClient();

  private StartBenchmark() {}

  /** Prints the figures. */
  public static void main(String[] arguments) throws Exception {
    new StartBenchmark().measureAll();
  }

  private void measureAll() throws Exception {
    System.out.printf(
        "%-20s %10s %10s %13s %10s %10s%n",
        "", "ready, ms", "slowest", "processor, ms", "RSS, MB", "size, MB");
    for (Path executable : Packaging.executables()) {
      measure("native", size(executable), List.of(executable.toString(), HEAP));
    }
    if (Files.exists(JAR)) {
      long size = size(JAR.getParent());
      int feature = Runtime.version().feature();
      measure("JVM " + feature, size, jvm(List.of()));
      if (feature >= FIRST_JDK_WITH_AOT_CACHE) {
        start(jvm(List.of("-XX:AOTCacheOutput=" + CACHE)));
        List<String> cached = jvm(List.of("-XX:AOTCache=" + CACHE));
        measure("JVM %d, AOT cache".formatted(feature), size + size(CACHE), cached);
      }
    }
  }

  private static List<String> jvm(List<String> options) {
    List<String> command = new ArrayList<>(List.of(JAVA.toString()));
    command.addAll(JVM);
    command.addAll(options);
    command.addAll(List.of("-jar", JAR.toString()));
    return command;
  }

  private void measure(String name, long size, List<String> command) throws Exception {
    List<Start> starts = new ArrayList<>();
    // The first one reads the files from the disk.
    start(command);
    for (int i = 0; i < STARTS; i++) {
      starts.add(start(command));
    }
    System.out.printf(
        "%-20s %10d %10d %13d %10d %10d%n",
        name,
        median(starts.stream().map(Start::millis)),
        starts.stream().mapToLong(Start::millis).max().orElseThrow(),
        median(starts.stream().map(Start::processorMillis)),
        median(starts.stream().map(Start::residentKilobytes)) >> 10,
        size >> 20);
  }

  private Start start(List<String> command) throws Exception {
    int port = freePort();
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(commandLineEnd(arguments), properties(port));
    ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    builder.redirectOutput(new File(TARGET.toFile(), "bench-start.log"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    long begin = System.nanoTime();
    Process process = builder.start();
    try {
      awaitReady(process, port);
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      long processor = process.info().totalCpuDuration().orElseThrow().toMillis();
      Thread.sleep(IDLE_FOR.toMillis());
      return new Start(millis, processor, ProcessMemory.resident(process.pid()) >> 10);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  /** Where properties go: in front of a jar, behind an executable. */
  private static int commandLineEnd(List<String> command) {
    int jar = command.indexOf("-jar");
    return jar < 0 ? command.size() : jar;
  }

  private static List<String> properties(int managementPort) throws IOException {
    Path root = Files.createDirectories(TARGET.resolve("bench-git-root"));
    return List.of(
        "-Dpurgatory.git.root=" + root.toAbsolutePath(),
        "-Dquarkus.http.port=0",
        "-Dquarkus.management.host=127.0.0.1",
        "-Dquarkus.management.port=" + managementPort);
  }

  private void awaitReady(Process process, int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LONGEST_START).build();
    long begin = System.nanoTime();
    while (!isReady(request)) {
      if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START.toNanos()) {
        throw new AssertionError("it does not become ready: see target/bench-start.log");
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
  }

  private boolean isReady(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static long size(Path file) throws IOException {
    try (Stream<Path> files = Files.walk(file)) {
      return files.filter(Files::isRegularFile).mapToLong(path -> path.toFile().length()).sum();
    }
  }

  private static long median(Stream<Long> values) {
    List<Long> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private record Start(long millis, long processorMillis, long residentKilobytes) {}
}
