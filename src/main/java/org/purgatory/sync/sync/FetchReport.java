package org.purgatory.sync.sync;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.purgatory.sync.nostr.Domain;

/** Tells metrics, log and status of one fetch. */
final class FetchReport {

  private static final Logger LOG = System.getLogger(FetchReport.class.getName());

  private final SyncMetrics metrics;
  private final RunNotes notes;
  private final FetchRequest request;
  private final Domain domain;

  /** A fetch begins. */
  FetchReport(SyncMetrics metrics, RunNotes notes, FetchRequest request) {
    this.metrics = metrics;
    this.notes = notes;
    this.request = request;
    this.domain = request.url().domain();
    metrics.fetchStarted(domain);
  }

  /** Tells of a request that was not made. */
  static void skipped(
      SyncMetrics metrics, RunNotes notes, FetchRequest request, FetchResult.Failed why) {
    metrics.fetchSkipped();
    notes.ended(Attempt.of(request.url(), why));
    LOG.log(
        Level.DEBUG,
        "{0}: {1} is passed over: {2}: {3}",
        request.family().identifier(),
        request.url(),
        why.failure().label(),
        why.detail());
  }

  void showed(ExchangeSign sign) {
    if (sign instanceof ExchangeSign.AskedForPatience patience) {
      metrics.askedForPatience();
      LOG.log(Level.INFO, "{0} asks for patience: not asked for {1}", domain, patience.duration());
    }
  }

  void ended(FetchResult result, Throwable broken) {
    FetchResult outcome =
        broken == null
            ? result
            : new FetchResult.Failed(FetchFailure.LOCAL, String.valueOf(broken.getMessage()));
    metrics.fetchEnded(domain, outcome);
    notes.ended(Attempt.of(request.url(), outcome));
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
