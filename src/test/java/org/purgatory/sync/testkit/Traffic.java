package org.purgatory.sync.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server has seen, readable at any time and from any thread.
 *
 * <p>A fetch is some requests; it starts with {@code GET info/refs}. In flight are counted
 * requests, of which a fetch has one at a time, so that no more requests than fetches are in
 * flight. A request is counted out before its client can have read the whole answer, so that a
 * polite client never looks worse than it is. A held or stalled request stays in flight until it is
 * released, even if its client has hung up.
 */
public final class Traffic {

  private final List<FetchStart> fetches = new ArrayList<>();
  private int requests;
  private long bytesSent;
  private int inFlight;
  private int mostInFlight;

  synchronized void enter() {
    requests++;
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
  }

  synchronized void sent(int bytes) {
    bytesSent += bytes;
  }

  synchronized void leave() {
    inFlight--;
  }

  synchronized void fetchStarts(String repository) {
    fetches.add(new FetchStart(repository, System.nanoTime()));
  }

  /** All fetches in the order of their start, failed ones included. */
  public synchronized List<FetchStart> fetches() {
    return List.copyOf(fetches);
  }

  /** How many fetches have started, failed ones included. */
  public synchronized int fetchesStarted() {
    return fetches.size();
  }

  /** How many requests have come in. */
  public synchronized int requests() {
    return requests;
  }

  /** What git has answered so far, in bytes of bodies. */
  public synchronized long bytesSent() {
    return bytesSent;
  }

  /** How many requests are being answered now. */
  public synchronized int inFlight() {
    return inFlight;
  }

  /** The most requests that were being answered at once. */
  public synchronized int mostInFlight() {
    return mostInFlight;
  }

  /**
   * The most fetches that started in any window of this length, its end excluded. The server sees a
   * start later than the client decided it, by a varying time: check a window that is shorter than
   * the client's by what a request may take to get here.
   */
  public synchronized int mostStartsInAny(Duration window) {
    int most = 0;
    int first = 0;
    for (int last = 0; last < fetches.size(); last++) {
      while (fetches.get(last).nanoTime() - fetches.get(first).nanoTime() >= window.toNanos()) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }
}
