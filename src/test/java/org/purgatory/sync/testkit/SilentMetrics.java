package org.purgatory.sync.testkit;

import java.time.Duration;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.EnqueueOutcome;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.RunEnd;
import org.purgatory.sync.sync.SyncMetrics;
import org.purgatory.sync.sync.Usage;

/** Meters that nobody reads. */
public class SilentMetrics implements SyncMetrics {

  @Override
  public void usage(Usage usage) {}

  @Override
  public void enqueued(EnqueueOutcome outcome) {}

  @Override
  public void runEnded(RunEnd end) {}

  @Override
  public void fetchStarted(Domain domain) {}

  @Override
  public void fetchEnded(Domain domain, FetchResult result) {}

  @Override
  public void fetchSkipped() {}

  @Override
  public void askedForPatience() {}

  @Override
  public void backoff(Duration wait) {}
}
