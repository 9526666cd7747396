package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The grpc-js client in {@code src/test/node}: a relay that is not written in Java. */
public final class NodeClient {

  private static final Path SOURCE = Path.of("src/test/node");
  private static final Path PROTO = Path.of("proto").toAbsolutePath();

  private final Path home;

  private NodeClient(Path home) {
    this.home = home;
  }

  /** Whether node and npm are here. */
  public static boolean isAvailable() {
    return Stream.of("node", "npm").allMatch(NodeClient::starts);
  }

  /** Copies the client into {@code target/node-client} and installs what it depends on. */
  public static NodeClient install() {
    Path home = Path.of("target/node-client").toAbsolutePath();
    try {
      Files.createDirectories(home);
      for (String file : List.of(".npmrc", "package.json", "package-lock.json", "client.mjs")) {
        Files.copy(SOURCE.resolve(file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    NodeClient client = new NodeClient(home);
    Result npm = client.run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    if (npm.exitCode() != 0) {
      throw new IllegalStateException("npm ci ended with " + npm.exitCode() + ": " + npm.output());
    }
    return client;
  }

  /**
   * Hands events to the sidecar and waits until all pending ones are satisfied.
   *
   * @param address host and port of its gRPC server
   * @param pending files with one event or an array of events each
   * @param known as {@code pending}
   * @param deadline after which the client gives up
   */
  public Result sync(String address, List<Path> pending, List<Path> known, Duration deadline) {
    return sync("", address, pending, known, deadline);
  }

  /** The same, as a consumer that acknowledges what it has seen. */
  public Result sync(
      String consumer, String address, List<Path> pending, List<Path> known, Duration deadline) {
    List<String> command = new ArrayList<>(List.of("node", "client.mjs", "--address", address));
    command.addAll(List.of("--proto", PROTO.toString(), "--consumer", consumer));
    command.addAll(List.of("--deadline", Double.toString(deadline.toMillis() / 1000.0)));
    pending.forEach(file -> command.addAll(List.of("--pending", file.toAbsolutePath().toString())));
    known.forEach(file -> command.addAll(List.of("--known", file.toAbsolutePath().toString())));
    return run(command.toArray(String[]::new));
  }

  /**
   * What the client answered.
   *
   * @param exitCode 0 if every pending event was satisfied
   * @param output what it printed, errors included
   */
  public record Result(int exitCode, String output) {

    /** The ids of the satisfied events, in the order in which they came. */
    public List<String> satisfied() {
      return ids("satisfied ");
    }

    /** The ids of the events that came although the client did not wait for them. */
    public List<String> others() {
      return ids("other ");
    }

    private List<String> ids(String word) {
      return output
          .lines()
          .filter(line -> line.startsWith(word))
          .map(line -> line.substring(word.length()))
          .toList();
    }
  }

  private Result run(String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the node client ran", e);
    }
  }

  private static boolean starts(String program) {
    try {
      Process process = new ProcessBuilder(program, "--version").start();
      process.getInputStream().transferTo(OutputStream.nullOutputStream());
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
