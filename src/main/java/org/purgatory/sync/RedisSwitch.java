package org.purgatory.sync;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Switches the Redis client on with {@code purgatory.store=redis}, so that one property does it.
 */
public class RedisSwitch implements ConfigSourceFactory {

  /** Above application.properties, below what an operator sets. */
  private static final int ORDINAL = 275;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    boolean redis = PurgatoryConfig.REDIS.equals(context.getValue("purgatory.store").getValue());
    Map<String, String> properties = Map.of("quarkus.redis.active", String.valueOf(redis));
    return List.of(new PropertiesConfigSource(properties, "purgatory.store", ORDINAL));
  }
}
