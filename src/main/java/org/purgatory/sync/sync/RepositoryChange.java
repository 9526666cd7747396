package org.purgatory.sync.sync;

import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.RefName;

/**
 * What changed in one repository.
 *
 * @param path the repository's path, relative to the git root, with forward slashes
 * @param refs the refs that changed, in the names' order
 * @param head where HEAD points now, if that changed
 */
public record RepositoryChange(String path, List<RefChange> refs, Optional<RefName> head) {

  /** Copies the list. */
  public RepositoryChange {
    refs = List.copyOf(refs);
  }

  /**
   * Whether nothing changed at all.
   *
   * @return true if neither a ref nor HEAD changed
   */
  public boolean isEmpty() {
    return refs.isEmpty() && head.isEmpty();
  }
}
