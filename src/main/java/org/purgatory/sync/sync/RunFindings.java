package org.purgatory.sync.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;

/**
 * What a run did that its results have to tell, and its next look to know: where objects came from,
 * and which repositories changed. A change stays here until a result has told of it, as another
 * repository of the same event may fail in between.
 */
final class RunFindings {

  private final Map<CloneUrl, Set<Oid>> brought = new LinkedHashMap<>();
  private final Map<FamilyRepositories, Set<Oid>> justCame = new HashMap<>();
  private final List<RepositoryChange> untold = new ArrayList<>();

  synchronized void came(FetchRequest request, Set<Oid> oids) {
    brought.computeIfAbsent(request.url(), url -> new HashSet<>()).addAll(oids);
    justCame.computeIfAbsent(request.family(), family -> new HashSet<>()).addAll(oids);
  }

  /** What came for a family since this was last asked: it need not be looked for. */
  synchronized Set<Oid> justCame(FamilyRepositories family) {
    Set<Oid> oids = justCame.remove(family);
    return oids == null ? Set.of() : oids;
  }

  synchronized void changed(RepositoryChange change) {
    if (!change.isEmpty()) {
      untold.add(change);
    }
  }

  /** The URLs that gave any of the objects, in the order in which they did. */
  synchronized List<CloneUrl> sourcesOf(Set<Oid> oids) {
    return brought.entrySet().stream()
        .filter(source -> source.getValue().stream().anyMatch(oids::contains))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The changes that no result has told of yet. */
  synchronized List<RepositoryChange> untold() {
    return List.copyOf(untold);
  }

  synchronized void told(List<RepositoryChange> changes) {
    untold.removeAll(changes);
  }
}
