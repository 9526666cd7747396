package org.purgatory.sync.sync;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.purgatory.sync.nostr.Domain;

/** Tells metrics and log of one fetch. */
final class FetchReport {

  private static final Logger LOG = System.getLogger(FetchReport.class.getName());

  private final SyncMetrics metrics;
  private final FetchRequest request;
  private final Domain domain;

  FetchReport(SyncMetrics metrics, FetchRequest request) {
    this.metrics = metrics;
    this.request = request;
    this.domain = request.url().domain();
    metrics.fetchStarted(domain);
  }

  void ended(FetchResult result, Throwable broken) {
    FetchResult outcome =
        broken == null
            ? result
            : new FetchResult.Failed(FetchFailure.LOCAL, String.valueOf(broken.getMessage()));
    metrics.fetchEnded(domain, outcome);
    if (outcome instanceof FetchResult.Failed failed) {
      LOG.log(
          Level.WARNING,
          "Fetch for {0} from {1} failed: {2}: {3}",
          request.family().identifier(),
          request.url(),
          failed.failure().label(),
          failed.detail());
    } else if (outcome instanceof FetchResult.ObjectMissing missing) {
      log("{0}: {1} does not have {2}", missing.oids());
    } else if (outcome instanceof FetchResult.Fetched fetched) {
      log("{0}: {1} gave {2} objects asked for", fetched.oids().size());
    }
  }

  private void log(String message, Object what) {
    LOG.log(Level.DEBUG, message, request.family().identifier(), request.url(), what);
  }
}
