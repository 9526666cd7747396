package org.purgatory.sync.ops.metrics;

import org.eclipse.microprofile.metrics.Metadata;

/** How meters are described. Their names are the names of their series. */
final class Meters {

  private Meters() {}

  static Metadata described(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
