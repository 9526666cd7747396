package org.purgatory.sync.sync;

import java.util.Optional;
import java.util.Set;
import org.purgatory.sync.nostr.EventId;

/** Says that a repository on this volume could not be read or changed. The work is tried again. */
public final class RepositoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient RepositoryChange soFar;
  private final transient Set<EventId> refused;

  /**
   * Says what failed, before anything was changed.
   *
   * @param message which repository, what failed and what to do; for the operator
   * @param cause what was underneath, or null
   */
  public RepositoryException(String message, Throwable cause) {
    this(message, cause, null, Set.of());
  }

  /**
   * Says what failed, and what was done nevertheless.
   *
   * @param message which repository, what failed and what to do; for the operator
   * @param cause what was underneath, or null
   * @param soFar what was changed, or null if nothing was
   * @param refused the events that failed, if all others are done; empty if none can be told apart
   */
  public RepositoryException(
      String message, Throwable cause, RepositoryChange soFar, Set<EventId> refused) {
    super(message, cause);
    this.soFar = soFar;
    this.refused = Set.copyOf(refused);
  }

  /**
   * What was changed before it failed. Nobody else will tell of it.
   *
   * @return the changes; empty if there are none
   */
  public Optional<RepositoryChange> soFar() {
    return Optional.ofNullable(soFar);
  }

  /**
   * The events that failed while all others were done.
   *
   * @return their ids; empty if no event is known to be done
   */
  public Set<EventId> refused() {
    return refused;
  }
}
