package org.purgatory.sync.git;

import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FetchResult.Failed;

/** A relay's volume with an empty repository, whose fetches wait for servers only shortly. */
abstract class HostileServerStage {

  static final String OID = "1".repeat(40);
  static final Duration STALL = Duration.ofMillis(500);
  static final Duration TOTAL = Duration.ofSeconds(2);

  @TempDir Path volume;
  @TempDir Path elsewhere;

  Fixture fixture;

  @BeforeEach
  final void start() throws Exception {
    fixture = new Fixture(volume, "project", STALL, TOTAL);
    fixture.host(ALICE);
    fixture.repositories.warmUp();
  }

  @AfterEach
  final void stop() {
    fixture.close();
  }

  /** Fetches an object from a server that does not give it. */
  Failed fetch(RawServer server, String scheme) throws Exception {
    return (Failed) fixture.fetch(server.url(scheme), fixture.family(ALICE), OID);
  }
}
