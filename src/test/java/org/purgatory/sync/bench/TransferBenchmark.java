package org.purgatory.sync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.RelayClient;
import org.purgatory.sync.testkit.SidecarProcess;

/**
 * What a sidecar that is warm moves, by how it is packaged: git data of several sizes, beside C
 * git, and events. Measures what is in {@code target}. Each figure has a process of its own, which
 * all have the same bounded heap.
 */
public final class TransferBenchmark implements AutoCloseable {

  private static final String HEAP = "256m";
  private static final int SMALL_FETCHES = 40;
  private static final int FETCHES = 5;
  private static final int EVENTS = 20_000;

  private final Path directory;
  private final GitWorkshop remote;
  private final GitHttpServer server;
  private int directories;

  private TransferBenchmark(Path directory) throws IOException {
    this.directory = directory;
    this.remote = GitWorkshop.in(Files.createDirectories(directory.resolve("remote")));
    this.server = GitHttpServer.serving(remote.root());
    this.server.holdNothingBack();
  }

  /** Prints the figures. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("purgatory-bench");
    try (TransferBenchmark benchmark = new TransferBenchmark(directory)) {
      benchmark.measureAll();
    } finally {
      delete(directory);
    }
  }

  private void measureAll() throws Exception {
    Sample small = sample("small", 3, 100);
    Sample medium = sample("50 MB, 5,000 commits", 5_000, 10_000);
    Sample large = sample("1 GB, 1,000 commits", 1_000, 1_000_000);
    System.out.printf(
        "%-12s %-24s %10s %10s %6s %8s %9s %6s%n",
        "", "", "median, ms", "C git, ms", "ratio", "MB/s", "peak, MB", "load");
    List<Packaging> packagings = Packaging.inTarget(HEAP);
    for (Packaging packaging : packagings) {
      measure(packaging, small, List.of(small), SMALL_FETCHES, SMALL_FETCHES);
      measure(packaging, medium, List.of(small, medium), FETCHES, FETCHES);
      measure(packaging, large, List.of(small, medium), FETCHES, 1);
    }
    System.out.printf("%n%-12s %-24s %10s %10s%n", "", "", "events/s", "of CPU");
    for (Packaging packaging : packagings) {
      measureEvents(packaging, false);
      measureEvents(packaging, true);
    }
  }

  private Sample sample(String name, int commits, int bytesEach) {
    String path = name.replaceAll("\\W", "") + ".git";
    return Sample.in(remote.bare(path), name, server.url(path), commits, bytesEach);
  }

  private void measure(
      Packaging packaging, Sample sample, List<Sample> warmUp, int warmUps, int fetches)
      throws IOException, InterruptedException {
    Path own = ownDirectory();
    try (Transfers transfers = new Transfers(own, packaging)) {
      for (Sample first : warmUp) {
        for (int i = 0; i < warmUps; i++) {
          transfers.fetch(first);
        }
      }
      settleDisk();
      List<Duration> times = new ArrayList<>();
      List<Duration> timesOfGit = new ArrayList<>();
      // In turns, as a machine's speed changes with what else it does.
      for (int i = 0; i < fetches; i++) {
        times.add(transfers.fetch(sample));
        timesOfGit.add(fetchWithGit(sample));
      }
      print(packaging.name(), sample, median(times), median(timesOfGit), transfers.peakMegabytes());
    } finally {
      delete(own);
    }
  }

  /** What was written before is not for what is measured to wait for. */
  private static void settleDisk() throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
  }

  /** As little as it can do: one commit with all it reaches, into an empty bare repository. */
  private Duration fetchWithGit(Sample sample) throws IOException {
    Path own = ownDirectory();
    BareRepository fetched = GitWorkshop.in(own).bare("fetched.git");
    long start = System.nanoTime();
    fetched.git().run("fetch", "--quiet", sample.url(), sample.tip());
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    delete(own);
    return time;
  }

  private void measureEvents(Packaging packaging, boolean checked) throws Exception {
    Path own = ownDirectory();
    try (SidecarProcess sidecar =
            packaging
                .chosen()
                .apply(SidecarProcess.builder())
                .config("purgatory.git.root", own)
                .config("purgatory.nostr.verify-signatures", checked)
                .start();
        RelayClient relay = new RelayClient(sidecar)) {
      EnqueueLoad.Rate rate = new EnqueueLoad(1, EVENTS, EVENTS).measure(relay, sidecar);
      System.out.printf(
          "%-12s %-24s %,10.0f %,10.0f %s%n",
          packaging.name(),
          "signatures " + (checked ? "checked" : "not checked"),
          rate.perSecond(),
          rate.perProcessorSecond(),
          load());
    } finally {
      delete(own);
    }
  }

  private static void print(
      String who, Sample sample, Duration median, Duration medianOfGit, long peak)
      throws IOException {
    String rate =
        sample.megabytes() == 0
            ? ""
            : "%.1f".formatted(sample.megabytes() * 1000.0 / median.toMillis());
    System.out.printf(
        "%-12s %-24s %,10d %,10d %6.2f %8s %9d %6s%n",
        who,
        sample.name(),
        median.toMillis(),
        medianOfGit.toMillis(),
        (double) median.toNanos() / medianOfGit.toNanos(),
        rate,
        peak,
        load());
  }

  /** Of the last minute: beside other work, figures tell little. */
  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  private static Duration median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }

  private Path ownDirectory() throws IOException {
    return Files.createDirectory(directory.resolve("" + ++directories));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
