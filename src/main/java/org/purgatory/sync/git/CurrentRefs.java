package org.purgatory.sync.git;

import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;

/**
 * A repository's refs as they are now. Names that no event could hold are left out: such refs are
 * never touched.
 *
 * @param refs each ref with what it points at, HEAD left out
 * @param head what HEAD points at; empty if that is no branch
 */
record CurrentRefs(SortedMap<RefName, RefTarget> refs, Optional<RefName> head) {

  CurrentRefs {
    refs = Collections.unmodifiableSortedMap(new TreeMap<>(refs));
  }

  static CurrentRefs read(Repository repository) throws IOException {
    SortedMap<RefName, RefTarget> refs = new TreeMap<>();
    for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_REFS)) {
      Optional<RefName> name = name(ref.getName());
      if (name.isPresent() && (ref.isSymbolic() || ref.getObjectId() != null)) {
        refs.put(name.get(), target(ref));
      }
    }
    Ref head = repository.exactRef(Constants.HEAD);
    Optional<RefName> branch =
        head == null || !head.isSymbolic() ? Optional.empty() : name(head.getTarget().getName());
    return new CurrentRefs(refs, branch);
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
