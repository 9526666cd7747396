package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.ThrottleSettings.Limits;

/** Runs the throttle's scripts on one domain's keys, all in one hash slot. */
final class DomainScripts {

  private static final List<String> NAMES =
      List.of("permits", "way", "starts", "line", "replicas", "tickets", "patience", "circuits");

  private final RedisCommands commands;
  private final Scripts scripts;
  private final String replica;
  private final ThrottleSettings settings;

  DomainScripts(
      RedisCommands commands, Scripts scripts, String replica, ThrottleSettings settings) {
    this.commands = commands;
    this.scripts = scripts;
    this.replica = replica;
    this.settings = settings;
  }

  Script load(String name) {
    return scripts.load(name, "domain", "circuits");
  }

  CompletionStage<Response> run(Script script, Domain domain, List<String> arguments) {
    Limits limits = settings.of(domain);
    List<String> all =
        new ArrayList<>(
            List.of(
                domain.name(),
                replica,
                String.valueOf(limits.maxConcurrent()),
                String.valueOf(limits.maxPerMinute()),
                Micros.of(settings.lease())));
    all.addAll(arguments);
    return commands.run(script, keys(domain), all);
  }

  static List<String> keys(Domain domain) {
    Stream<String> keys =
        NAMES.stream().map(name -> "purgatory:throttle:{" + domain.name() + "}:" + name);
    return keys.toList();
  }
}
