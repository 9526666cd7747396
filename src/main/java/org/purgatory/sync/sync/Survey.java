package org.purgatory.sync.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.Oid;

/**
 * Everything that a look at an identifier found.
 *
 * @param work what waits and what is known
 * @param plan what the events want
 * @param missing what each family lacks
 */
record Survey(Work work, WorkPlan plan, Map<FamilyRepositories, Set<Oid>> missing) {

  /** The objects that are not here, of whatever family. */
  Set<Oid> lacking() {
    return missing.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
  }

  /** What could be asked for where. */
  List<FetchRequest> requests(UrlPolicy policy) {
    return plan.sources().stream()
        .flatMap(source -> source.requests(missing.get(source.family()), policy).stream())
        .toList();
  }
}
