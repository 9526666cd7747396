package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Whether a Redis can be relied on: queue state must neither be dropped silently nor be read-only.
 * Asked by INFO, as managed services forbid CONFIG.
 */
final class RedisSuitability {

  private static final List<Integer> OLDEST = List.of(6, 2);

  private final RedisCommands commands;

  RedisSuitability(RedisCommands commands) {
    this.commands = commands;
  }

  /** What an operator has to mend, or nothing. */
  CompletionStage<Optional<String>> problem() {
    return commands
        .send(Request.cmd(Command.INFO))
        .thenApply(info -> problem(fields(info.toString())));
  }

  static Optional<String> problem(Map<String, String> info) {
    String version = info.getOrDefault("redis_version", "0.0");
    String policy = info.getOrDefault("maxmemory_policy", "noeviction");
    if (!info.getOrDefault("role", "master").equals("master")) {
      return Optional.of(
          "Redis is a read-only replica: point quarkus.redis.hosts to the primary, or use"
              + " Sentinel");
    }
    if (!policy.equals("noeviction")) {
      return Optional.of(
          "maxmemory-policy of Redis is "
              + policy
              + ", which may drop queue state silently: set it to noeviction");
    }
    return isOld(version)
        ? Optional.of("Redis " + version + " is too old: 6.2 is needed at least")
        : Optional.empty();
  }

  private static boolean isOld(String version) {
    String[] parts = version.split("\\.");
    int major = Integer.parseInt(parts[0]);
    int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
    return major < OLDEST.get(0) || (major == OLDEST.get(0) && minor < OLDEST.get(1));
  }

  static Map<String, String> fields(String info) {
    return info.lines()
        .filter(line -> line.contains(":") && !line.startsWith("#"))
        .map(line -> line.split(":", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].trim(), (one, other) -> one));
  }
}
