package org.purgatory.sync.sync;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;

/**
 * What one run knows of the URLs that it asked. A URL is done with after an exchange that succeeded
 * or failed; one whose server lacked objects may be asked again, without those.
 */
final class TriedUrls {

  private record Key(PublicKey family, CloneUrl url) {}

  private static final class Progress {
    private final Set<Oid> lacking = new HashSet<>();
    private int exchanges;
    private boolean done;
  }

  private final Map<Key, Progress> tried = new HashMap<>();

  /**
   * Leaves out what was tried. What was asked least comes first, so that the URLs of a domain take
   * turns; otherwise the order stays.
   */
  List<FetchRequest> untried(List<FetchRequest> requests) {
    ToIntFunction<FetchRequest> exchanges = r -> progress(r).exchanges;
    return requests.stream()
        .filter(request -> !progress(request).done)
        .map(this::withoutLacking)
        .filter(request -> !request.oids().isEmpty())
        .sorted(Comparator.comparingInt(exchanges))
        .toList();
  }

  /** Remembers what came of an exchange. */
  void record(FetchRequest request, FetchResult result) {
    Progress progress = tried.computeIfAbsent(key(request), k -> new Progress());
    progress.exchanges++;
    if (result instanceof FetchResult.ObjectMissing missing) {
      progress.lacking.addAll(missing.oids());
    } else {
      progress.done = true;
    }
  }

  private FetchRequest withoutLacking(FetchRequest request) {
    SortedSet<Oid> rest = new TreeSet<>(request.oids());
    rest.removeAll(progress(request).lacking);
    return new FetchRequest(request.family(), request.url(), rest);
  }

  private Progress progress(FetchRequest request) {
    return tried.getOrDefault(key(request), new Progress());
  }

  private static Key key(FetchRequest request) {
    return new Key(request.family().representative(), request.url());
  }
}
