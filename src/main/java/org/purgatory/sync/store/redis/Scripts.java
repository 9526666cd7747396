package org.purgatory.sync.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The Lua scripts among the resources. Each begins with the function {@code now()}, the time in
 * microseconds since 1970, and with the libraries that it is loaded with.
 */
final class Scripts {

  /** The Redis server's own clock: replicas' clocks do not matter. */
  static final String SERVER_TIME =
      """
      local function now()
        local t = redis.call('TIME')
        return t[1] * 1000000 + t[2]
      end
      """;

  private final String time;

  /**
   * Prepares to load scripts.
   *
   * @param time Lua that defines {@code now()}; {@link #SERVER_TIME} outside of tests
   */
  Scripts(String time) {
    this.time = time;
  }

  /**
   * Loads a script.
   *
   * @param name the file's name in {@code lua/}, without its ending
   * @param libraries files of functions that it uses, in order
   * @return the script
   */
  Script load(String name, String... libraries) {
    StringBuilder source = new StringBuilder(time);
    for (String library : libraries) {
      source.append(read(library));
    }
    return Script.of(name, source.append(read(name)).toString());
  }

  private static String read(String name) {
    String path = "/lua/" + name + ".lua";
    try (InputStream file = Scripts.class.getResourceAsStream(path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + path, e);
    }
  }
}
