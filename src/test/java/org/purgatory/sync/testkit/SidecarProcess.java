package org.purgatory.sync.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged sidecar as a process of its own: what can be killed, stopped and run in numbers. */
public final class SidecarProcess implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LONGEST_KILL = Duration.ofSeconds(10);

  private final Process process;
  private final SidecarLog log;

  SidecarProcess(Process process) {
    this.process = process;
    this.log = SidecarLog.of(process.getInputStream());
  }

  /** A sidecar with no configuration but free ports. */
  public static SidecarBuilder builder() {
    return new SidecarBuilder();
  }

  /** Whether sidecars are native executables here, and not jars on a JVM. */
  public static boolean isNative() {
    return SidecarBuilder.startsExecutable();
  }

  /** The port of the gRPC server on 127.0.0.1, known once the sidecar has started. */
  public int grpcPort() {
    return log.port("Listening on: ").orElseThrow();
  }

  /** Host and port of the gRPC server. */
  public String grpcAddress() {
    return "127.0.0.1:" + grpcPort();
  }

  /** The URL of health, metrics and the status page, without a slash at its end. */
  public String managementUrl() {
    return "http://127.0.0.1:" + log.port("Management interface listening on ").orElseThrow();
  }

  /** Everything that the sidecar has printed so far. */
  public String log() {
    return log.text();
  }

  /** The process's id, for figures about it. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Whether the sidecar says that it is ready to serve. */
  public boolean isReady() {
    URI uri = URI.create(managementUrl() + "/q/health/ready");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LONGEST_KILL).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits until the ports are open; the sidecar need not be ready, for example without Redis. */
  public SidecarProcess awaitStarted() {
    return await("open ports", () -> log.port("Management interface listening on ").isPresent());
  }

  /** Waits until the sidecar is ready to serve. */
  public SidecarProcess awaitReady() {
    return awaitStarted().await("readiness", this::isReady);
  }

  private SidecarProcess await(String description, BooleanSupplier condition) {
    try {
      Await.until(LONGEST_START, description, () -> !isAlive() || condition.getAsBoolean());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + log(), e);
    }
    if (!isAlive()) {
      throw new AssertionError("no " + description + ": the sidecar has ended\n" + log());
    }
    return this;
  }

  /** Ends the process at once, as a crash does (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    awaitExit(LONGEST_KILL);
  }

  /** Lets the process stand still (SIGSTOP): connections stay, and it does nothing. */
  public void pause() {
    Signals.send("STOP", pid());
  }

  /** Lets it go on (SIGCONT). */
  public void resume() {
    Signals.send("CONT", pid());
  }

  /** Asks the process to end (SIGTERM), and answers its exit code. */
  public int stop(Duration atMost) {
    // Not destroy(), which would close the log before the sidecar's last words.
    process.toHandle().destroy();
    return awaitExit(atMost);
  }

  /** Waits for the process to end by itself, and answers its exit code. */
  public int awaitExit(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("the sidecar did not end within " + atMost + "\n" + log());
      }
      log.awaitEnd();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the sidecar ended", e);
    }
  }

  @Override
  public void close() {
    if (isAlive()) {
      kill();
    }
  }
}
