package org.purgatory.sync.sync;

import java.util.List;

/**
 * What one look at an identifier shows.
 *
 * @param anythingPending whether events wait
 * @param anythingReady whether some of them could be released now
 * @param anythingNeeded whether objects are missing that the events need
 * @param requests for each usable clone URL what could be asked for there, in the order of the
 *     announcements; empty if nothing is needed
 */
public record Outlook(
    boolean anythingPending,
    boolean anythingReady,
    boolean anythingNeeded,
    List<FetchRequest> requests) {

  /** What there is to see when no event waits. */
  public static final Outlook NOTHING_PENDING = new Outlook(false, false, false, List.of());

  /** Copies the list. */
  public Outlook {
    requests = List.copyOf(requests);
  }
}
