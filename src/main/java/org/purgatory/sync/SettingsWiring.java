package org.purgatory.sync;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.purgatory.sync.git.GitSettings;
import org.purgatory.sync.grpc.GrpcSettings;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.ops.OpsSettings;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ThrottleSettings;

/**
 * Checks the configuration and hands each part its own settings. As every part depends on settings
 * from here, none comes to life on a configuration that is not allowed.
 */
@Singleton
public class SettingsWiring {

  private final Settings settings;

  SettingsWiring(
      PurgatoryConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "quarkus.grpc.server.use-separate-server") boolean separateServer,
      @ConfigProperty(name = "quarkus.redis.hosts") Optional<String> redisHosts) {
    List<String> problems =
        ConfigCheck.problems(
            config, new FrameworkSettings(host, separateServer, redisHosts.isPresent()));
    if (!problems.isEmpty()) {
      // Ends the process with this message alone: a stack trace would bury it.
      throw new ConfigurationException(
          "The configuration is not allowed:\n  - " + String.join("\n  - ", problems));
    }
    this.settings = new Settings(config);
  }

  @Produces
  @Singleton
  QueueSettings queue() {
    return settings.queue();
  }

  @Produces
  @Singleton
  ThrottleSettings throttle() {
    return settings.throttle();
  }

  @Produces
  @Singleton
  EngineSettings engine() {
    return settings.engine();
  }

  @Produces
  @Singleton
  GitSettings git() {
    return settings.git();
  }

  @Produces
  @Singleton
  EventLimits events() {
    return settings.events();
  }

  @Produces
  @Singleton
  GrpcSettings grpc() {
    return settings.grpc();
  }

  @Produces
  @Singleton
  OpsSettings ops() {
    return settings.ops();
  }
}
