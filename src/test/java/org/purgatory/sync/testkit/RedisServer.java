package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real redis-server as a process of its own on 127.0.0.1, in a directory of its own: what can be
 * killed, started again with what it has saved, and stopped for a while.
 */
public final class RedisServer implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(20);

  private final RedisBinary binary;
  private final Path directory;
  private final int port;
  private final List<String> settings;
  private Process process;

  private RedisServer(RedisBinary binary, Path directory, int port, List<String> settings) {
    this.binary = binary;
    this.directory = directory;
    this.port = port;
    this.settings = settings;
  }

  /** Starts the server that Maven brings, without persistence unless a setting says otherwise. */
  public static RedisServer start(String... settings) {
    return start(RedisBinary.embedded(), settings);
  }

  /**
   * Starts a server.
   *
   * @param binary which
   * @param settings options of redis-server, such as {@code --appendonly}, {@code yes}
   */
  public static RedisServer start(RedisBinary binary, String... settings) {
    try {
      Path directory = Files.createTempDirectory("purgatory-redis");
      RedisServer server = new RedisServer(binary, directory, freePort(), List.of(settings));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    // A cluster's node also listens 10,000 ports higher up.
    while (true) {
      try (ServerSocket free = new ServerSocket(0)) {
        if (free.getLocalPort() < 55_000) {
          return free.getLocalPort();
        }
      }
    }
  }

  /** Starts it again, on the same port and with what it has saved. */
  public void start() {
    List<String> command = new ArrayList<>(List.of(binary.path().toString()));
    command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", directory.toString(), "--save", ""));
    command.addAll(settings);
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(LONGEST_START, "redis-server answers", this::answers);
  }

  private boolean answers() {
    try (RedisWire wire = new RedisWire(port)) {
      wire.call("PING");
      return true;
    } catch (IllegalStateException e) {
      return !e.getMessage().startsWith("LOADING");
    } catch (IOException e) {
      if (!process.isAlive()) {
        throw new AssertionError("redis-server has ended\n" + log(), e);
      }
      return false;
    }
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** As {@code quarkus.redis.hosts} has it. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** Sends one command, on a connection of its own. */
  public Object call(String... command) {
    try (RedisWire wire = new RedisWire(port)) {
      return wire.call(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the server has printed so far. */
  public String log() {
    try {
      return Files.readString(directory.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, as a crash does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Lets it stand still (SIGSTOP): connections stay, answers do not come. */
  public void pause() {
    Signals.send("STOP", process.pid());
  }

  /** Lets it go on. */
  public void resume() {
    Signals.send("CONT", process.pid());
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
