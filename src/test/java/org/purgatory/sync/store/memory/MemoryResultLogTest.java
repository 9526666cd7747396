package org.purgatory.sync.store.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.sync.SyncResult;

class MemoryResultLogTest {

  private static final int RESULTS = 50_000;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final MemoryResultLog log = new MemoryResultLog(START);
  private final ExecutorService writer = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    writer.shutdownNow();
  }

  /** A reader at the log's very end must never be told that it is ahead of it. */
  @RepeatedTest(5)
  void readerThatKeepsUpWithTheWriterMissesNothing() throws Exception {
    ResultPosition position = log.bounds().toCompletableFuture().join().oldest();
    Future<?> writing =
        writer.submit(
            () -> {
              for (int i = 0; i < RESULTS; i++) {
                log.append(result(i));
              }
            });
    List<Integer> read = new ArrayList<>();
    while (read.size() < RESULTS) {
      ResultLog.Read page = log.read(position, 64).toCompletableFuture().join();
      assertThat(page).isInstanceOf(ResultLog.Page.class);
      for (StoredResult stored : ((ResultLog.Page) page).results()) {
        position = stored.position();
        read.add(stored.result().attempts());
      }
    }
    writing.get(10, TimeUnit.SECONDS);
    assertThat(read).isSorted().doesNotHaveDuplicates();
  }

  private static SyncResult result(int number) {
    return new SyncResult(
        repo("r"), SyncOutcome.SATISFIED, List.of(), List.of(), number, START, List.of());
  }
}
