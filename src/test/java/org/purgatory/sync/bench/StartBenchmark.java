package org.purgatory.sync.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Starts a sidecar again and again, whatever it is packaged as, and prints how long it took to be
 * ready and how much memory it held then. Uses nothing but the JDK, so that it runs as a source
 * file.
 */
public final class StartBenchmark {

  private static final URI READY = URI.create("http://127.0.0.1:9001/q/health/ready");
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 5;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration TO_SETTLE = Duration.ofSeconds(3);

  private final List<Long> millis = new ArrayList<>();
  private final List<Long> processorMillis = new ArrayList<>();
  private final List<Long> megabytes = new ArrayList<>();

  private StartBenchmark() {}

  /**
   * Starts it.
   *
   * @param arguments how often, and the command with its arguments; its settings come from the
   *     environment
   */
  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    List<String> command = List.of(arguments).subList(1, arguments.length);
    StartBenchmark benchmark = new StartBenchmark();
    for (int run = 0; run < runs; run++) {
      benchmark.start(command);
    }
    System.out.printf(
        Locale.ROOT,
        "ready after ms: median %d, %d to %d; processor ms till then: %d; RSS MB: %d%n",
        median(benchmark.millis),
        Collections.min(benchmark.millis),
        Collections.max(benchmark.millis),
        median(benchmark.processorMillis),
        median(benchmark.megabytes));
  }

  private void start(List<String> command) throws Exception {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      while (!isReady()) {
        if (!process.isAlive() || System.nanoTime() - start > LONGEST_START.toNanos()) {
          throw new IllegalStateException("it did not become ready");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
      millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      // On a machine that is shared it varies less than what the clock says.
      processorMillis.add(process.info().totalCpuDuration().orElseThrow().toMillis());
      Thread.sleep(TO_SETTLE.toMillis());
      megabytes.add(residentMegabytes(process.pid()));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static boolean isReady() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(READY).timeout(LONGEST_START).build();
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static long residentMegabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IllegalStateException("the process has ended");
  }

  private static long median(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
