package org.purgatory.sync.sync;

import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;

/**
 * The right to make one fetch from one server now: a lease.
 *
 * @param origin the server
 * @param id tells the permit from every other one of the domain
 */
public record Permit(Origin origin, long id) {

  /**
   * Whose limits the permit counts for.
   *
   * @return the server's host
   */
  public Domain domain() {
    return origin.domain();
  }
}
