package org.purgatory.sync;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Configurations as an operator would write them. */
final class Configs {

  private static final int ABOVE_DEFAULTS = 200;

  private Configs() {}

  /** The defaults, with a git root. */
  static PurgatoryConfig withRoot(Path root) {
    return withRoot(root, Map.of());
  }

  /** Some properties, with a git root. */
  static PurgatoryConfig withRoot(Path root, Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(properties);
    all.putIfAbsent("purgatory.git.root", root.toString());
    return of(all);
  }

  /** Some properties, and nothing else. */
  static PurgatoryConfig of(Map<String, String> properties) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(PurgatoryConfig.class)
            .withSources(new PropertiesConfigSource(properties, "test", ABOVE_DEFAULTS))
            .build();
    return config.getConfigMapping(PurgatoryConfig.class);
  }
}
