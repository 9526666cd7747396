package org.purgatory.sync.ops.metrics;

import io.smallrye.metrics.SharedMetricRegistries;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Makes SmallRye Metrics' registry injectable. Its own producers stay out of the application: they
 * belong to a CDI extension that Quarkus does not run.
 */
@Singleton
public class Registry {

  @Produces
  @Singleton
  MetricRegistry application() {
    return SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);
  }
}
