package org.purgatory.sync.git;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;

/**
 * A repository's refs as they are now. Names that no event could hold are left out: such refs are
 * never touched.
 *
 * @param refs each ref with what it points at, HEAD left out
 * @param links where the symbolic ones lead; those that lead nowhere are left out
 * @param head what HEAD points at; empty if that is no branch
 */
record CurrentRefs(
    SortedMap<RefName, RefTarget> refs, Map<RefName, Oid> links, Optional<RefName> head) {

  CurrentRefs {
    refs = Collections.unmodifiableSortedMap(new TreeMap<>(refs));
    links = Map.copyOf(links);
  }

  static CurrentRefs read(Repository repository) throws IOException {
    SortedMap<RefName, RefTarget> refs = new TreeMap<>();
    Map<RefName, Oid> links = new HashMap<>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
      Optional<RefName> name = name(ref.getName());
      if (name.isPresent() && (ref.isSymbolic() || ref.getObjectId() != null)) {
        refs.put(name.get(), target(ref));
        if (ref.isSymbolic() && ref.getObjectId() != null) {
          links.put(name.get(), Oids.fromJGit(ref.getObjectId()));
        }
      }
    }
    return new CurrentRefs(refs, links, head(repository));
  }

  /** Whether there is any ref that leads to an object. */
  boolean hasAny() {
    return !links.isEmpty() || refs.values().stream().anyMatch(target -> target.oid().isPresent());
  }

  /** Whether there is any that a state decides over. */
  boolean hasTracked() {
    return refs.keySet().stream().anyMatch(RefName::isTrackedByState);
  }

  /** The branches and tags that point at objects themselves. */
  SortedMap<RefName, Oid> tracked() {
    SortedMap<RefName, Oid> tracked = new TreeMap<>();
    refs.forEach(
        (name, target) -> {
          if (name.isTrackedByState()) {
            target.oid().ifPresent(oid -> tracked.put(name, oid));
          }
        });
    return tracked;
  }

  /** What HEAD points at now; empty if that is no branch. */
  static Optional<RefName> head(Repository repository) throws IOException {
    Ref head = repository.exactRef(Constants.HEAD);
    return head == null || !head.isSymbolic() ? Optional.empty() : name(head.getTarget().getName());
  }

  private static RefTarget target(Ref ref) {
    return ref.isSymbolic() ? RefTarget.SYMBOLIC : RefTarget.at(Oids.fromJGit(ref.getObjectId()));
  }

  private static Optional<RefName> name(String name) {
    try {
      return Optional.of(new RefName(name));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }
}
