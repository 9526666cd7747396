package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.Domain;

/**
 * Some of the domains, in the order of their names.
 *
 * @param domains those that there is anything to tell of
 * @param last where to go on, if there may be more
 */
public record DomainPage(List<DomainStatus> domains, Optional<Domain> last) {

  /** Copies the list. */
  public DomainPage {
    domains = List.copyOf(domains);
  }
}
