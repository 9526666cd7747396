package org.purgatory.sync.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.store.memory.MemoryDomainThrottle;
import org.purgatory.sync.store.memory.MemorySyncStore;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.SyncEngine;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.UrlPolicy;
import org.purgatory.sync.testkit.Line;
import org.purgatory.sync.testkit.LogTap;
import org.purgatory.sync.testkit.SampleSettings;
import org.purgatory.sync.testkit.SilentMetrics;
import org.purgatory.sync.testkit.VirtualTime;

/**
 * The scheduled jobs while the store is away: what escapes from them is logged as a stack trace.
 */
class SyncSchedulerTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final VirtualTime time = new VirtualTime();
  private final Line line = new Line();
  private final LogTap log = LogTap.on("org.purgatory.sync");
  private final SyncEngine engine =
      new SyncEngine(
          line.to(SyncStore.class, store()),
          line.to(DomainThrottle.class, throttle()),
          null,
          null,
          new SilentMetrics(),
          new EngineSettings(1, MINUTE, MINUTE, new UrlPolicy(Set.of(), true)),
          time,
          time,
          time);
  private final SyncScheduler scheduler = new SyncScheduler(engine, () -> 0);

  @AfterEach
  void close() {
    log.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingEscapesWhileTheStoreIsAway(boolean withExceptions) {
    if (withExceptions) {
      line.cutWithExceptions();
    } else {
      line.cut();
    }
    for (int i = 0; i < 100; i++) {
      assertThatCode(this::allJobs).doesNotThrowAnyException();
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(log.warnings()).hasSize(2);
    assertThat(log.stackTraces()).isEmpty();
  }

  @Test
  void quietJobsSayNothing() {
    allJobs();
    time.settle();
    assertThat(log.warnings()).isEmpty();
    assertThat(log.infos()).isEmpty();
  }

  private void allJobs() {
    scheduler.tick();
    scheduler.sweep();
    scheduler.clean();
    engine.keepLeases();
  }

  private MemorySyncStore store() {
    return new MemorySyncStore(SampleSettings.queue(10, 10, 10), time);
  }

  private MemoryDomainThrottle throttle() {
    return new MemoryDomainThrottle(SampleSettings.THROTTLE, time, time);
  }
}
