package org.purgatory.sync.grpc;

import java.time.Duration;

/** What tests of the service share. */
final class Samples {

  static final GrpcSettings SETTINGS =
      new GrpcSettings(
          Duration.ofMinutes(3),
          Duration.ofMillis(500),
          Duration.ofMinutes(30),
          Duration.ofMillis(200));

  private Samples() {}
}
