package org.purgatory.sync.deployment;

import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.management.ManagementConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.common.utils.StringUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.purgatory.sync.PurgatoryConfig;

/** The properties that the program has, of its own and of the framework where they matter here. */
final class ProgramProperties {

  private static final List<Class<?>> MAPPINGS =
      List.of(
          PurgatoryConfig.class, RedisConfig.class, VertxHttpConfig.class, ManagementConfig.class);

  private ProgramProperties() {}

  /** The environment variables that set them, as MicroProfile Config derives the names. */
  static Set<String> environmentNames() {
    return MAPPINGS.stream()
        .map(ConfigClass::configClass)
        .flatMap(mapping -> ConfigMappings.getProperties(mapping).keySet().stream())
        .map(StringUtil::replaceNonAlphanumericByUnderscores)
        .map(name -> name.toUpperCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }

  /** What the program comes with. */
  static String builtIn(String property) {
    Properties properties = new Properties();
    try (InputStream in = PurgatoryConfig.class.getResourceAsStream("/application.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty(property);
  }

  /** A port that the program listens on. */
  static int port(String property) {
    return Integer.parseInt(builtIn(property));
  }
}
