package org.purgatory.sync.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a fetch and those who wait for it tell each other while it goes on: that the server has
 * received the request, what the exchange shows of the server, and that the permit was lost.
 * Thread-safe.
 */
public final class FetchControl {

  private final Clock clock;
  private Instant arrivedAt;
  private ExchangeSign sign = new ExchangeSign.NoSign();
  private boolean aborted;
  private final List<Runnable> onAbort = new ArrayList<>();

  /**
   * Makes the control of a fetch that has not begun.
   *
   * @param clock the one clock
   */
  public FetchControl(Clock clock) {
    this.clock = clock;
  }

  /**
   * Called by the fetch as soon as it is certain that the server has received its first request.
   * The permit's minute begins here: counted from the permit, two requests could reach the server
   * closer together than they were granted. Only the first call counts.
   */
  public synchronized void arrived() {
    if (arrivedAt == null) {
      arrivedAt = clock.instant();
    }
  }

  /**
   * Called by the fetch, before it ends, when it knows what the exchange shows. The last call
   * counts.
   *
   * @param shown what the exchange shows of the server
   */
  public synchronized void showed(ExchangeSign shown) {
    sign = shown;
  }

  /**
   * What the exchange has shown of the server.
   *
   * @return no sign if the fetch has told none
   */
  public synchronized ExchangeSign sign() {
    return sign;
  }

  /** Ends the fetch: somebody else may use its permit by now. */
  public void abort() {
    List<Runnable> actions;
    synchronized (this) {
      aborted = true;
      actions = List.copyOf(onAbort);
      onAbort.clear();
    }
    actions.forEach(Runnable::run);
  }

  /**
   * Whether the fetch is to end.
   *
   * @return true once it was aborted
   */
  public synchronized boolean isAborted() {
    return aborted;
  }

  /**
   * Lets the fetch hear of its end.
   *
   * @param action run at most once, at once if the fetch was aborted already; must return at once
   */
  public void onAbort(Runnable action) {
    synchronized (this) {
      if (!aborted) {
        onAbort.add(action);
        return;
      }
    }
    action.run();
  }

  /**
   * How long ago the first request reached the server.
   *
   * @return empty if nothing is known of that yet
   */
  public synchronized Optional<Duration> arrivedAgo() {
    return Optional.ofNullable(arrivedAt).map(at -> Duration.between(at, clock.instant()));
  }
}
