package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that stands still in the middle of applying a state, with a fetch under way: objects
 * are there, git's locks are taken, refs are not written. To be killed.
 */
final class StuckProcess implements AutoCloseable {

  private final Process process;

  private StuckProcess(Process process) {
    this.process = process;
  }

  /** Starts one that applies a state with one branch, {@code main}, and waits until it is stuck. */
  static StuckProcess start(Path volume, String oid) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.util.logging.manager=" + System.getProperty("java.util.logging.manager"),
            "-cp",
            System.getProperty("java.class.path"),
            StuckProcess.class.getName(),
            volume.toString(),
            oid);
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"stuck".equals(output.readLine())) {
      throw new AssertionError("the process has ended");
    }
    return new StuckProcess(process);
  }

  /** What the process does. */
  public static void main(String... arguments) throws Throwable {
    Path volume = Path.of(arguments[0]);
    Fixture fixture = new Fixture(volume, "project");
    Path repository = volume.resolve(fixture.settings.layout().path(ALICE, fixture.identifier()));
    fixture.quarantines.attempt();
    AtomicBoolean objectsMayCome = new AtomicBoolean();
    fixture.apply(
        fixture.family(ALICE),
        ALICE,
        wanted(state(null, "refs/heads/main", arguments[1])),
        () -> {
          if (objectsMayCome.compareAndSet(false, true)) {
            return completedFuture(true);
          }
          try {
            Files.createDirectories(repository.resolve("refs/heads"));
            Files.createFile(repository.resolve("refs/heads/main.lock"));
            if (!Files.exists(repository.resolve("packed-refs.lock"))) {
              Files.createFile(repository.resolve("packed-refs.lock"));
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          System.out.println("stuck");
          System.out.flush();
          // Longer than the fence is waited for.
          new CompletableFuture<Void>().join();
          return null;
        });
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As a crash does it. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
