package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A redis-server to test with: the one that Maven brings, and those that are installed.
 *
 * @param name for test reports
 * @param path the executable
 */
public record RedisBinary(String name, Path path) {

  /** The one that Maven brings: Redis 6.2, always there. */
  public static RedisBinary embedded() {
    return Embedded.BINARY;
  }

  /**
   * All that there are: the embedded one first, then redis-server and valkey-server if installed.
   */
  public static List<RedisBinary> all() {
    List<RedisBinary> all = new ArrayList<>(List.of(embedded()));
    Stream.of("redis-server", "valkey-server").flatMap(RedisBinary::installed).forEach(all::add);
    return all;
  }

  private static Stream<RedisBinary> installed(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .limit(1)
        .map(path -> new RedisBinary("installed " + name, path));
  }

  @Override
  public String toString() {
    return name;
  }

  /** Unpacked once for all tests. */
  private static final class Embedded {

    static final RedisBinary BINARY = unpack();

    private static RedisBinary unpack() {
      try {
        Path path = ExecutableProvider.newJarResourceProvider().get().toPath();
        return new RedisBinary("embedded redis-server", path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
