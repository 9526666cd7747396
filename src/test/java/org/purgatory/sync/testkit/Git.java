package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** C git in one directory, untouched by the settings of whoever runs the tests. */
public final class Git {

  private static final byte[] NOTHING = {};
  private static final long LONGEST_RUN_SECONDS = 120;

  private final Path directory;

  private Git(Path directory) {
    this.directory = directory;
  }

  /** Git as if started in the directory, which exists. */
  public static Git in(Path directory) {
    return new Git(directory);
  }

  /** Runs git and answers its standard output; throws {@link GitFailedException} on failure. */
  public String run(String... arguments) {
    return run(NOTHING, arguments).stdout();
  }

  /** As {@link #run(String...)}, with something to read on standard input. */
  public GitResult run(byte[] stdin, String... arguments) {
    GitResult result = attempt(stdin, arguments);
    if (!result.ok()) {
      throw new GitFailedException(command(arguments), result);
    }
    return result;
  }

  /** Runs git and answers whatever comes of it. */
  public GitResult attempt(String... arguments) {
    return attempt(NOTHING, arguments);
  }

  private GitResult attempt(byte[] stdin, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(directory.toFile());
    GitEnvironment.isolate(builder.environment());
    try {
      Process process = builder.start();
      // A git that waits for a stalled server must not hang the build.
      process
          .onExit()
          .orTimeout(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)
          .exceptionally(timeout -> kill(process));
      Background.start(() -> feed(process, stdin));
      CompletableFuture<byte[]> stderr = Background.start(() -> readAll(process.getErrorStream()));
      byte[] stdout = readAll(process.getInputStream());
      return new GitResult(
          process.waitFor(), stdout, new String(stderr.join(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while git ran", e);
    }
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Process kill(Process process) {
    // The helper that talks http holds the output open, too.
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    return process.destroyForcibly();
  }

  /** Answers whether git read everything. If it ended before, its exit code and stderr say why. */
  private static boolean feed(Process process, byte[] stdin) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(stdin);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] readAll(InputStream stream) {
    try (stream) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
