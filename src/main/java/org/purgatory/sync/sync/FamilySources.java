package org.purgatory.sync.sync;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PullRequest;

/**
 * Where the objects of one family may come from: the URLs of its announcements have everything, the
 * URLs of a pull request only that pull request's own objects.
 *
 * @param family the family
 * @param cloneUrls the URLs of its announcements, in their order
 * @param pullRequests the pending pull requests that concern the family
 */
record FamilySources(
    FamilyRepositories family, List<CloneUrl> cloneUrls, List<PullRequest> pullRequests) {

  /** What could be asked where. */
  List<FetchRequest> requests(Set<Oid> missing, UrlPolicy policy) {
    Map<CloneUrl, SortedSet<Oid>> byUrl = new LinkedHashMap<>();
    for (CloneUrl url : cloneUrls) {
      byUrl.put(url, new TreeSet<>(missing));
    }
    for (PullRequest request : pullRequests) {
      if (missing.contains(request.tip())) {
        for (CloneUrl url : request.cloneUrls()) {
          byUrl.computeIfAbsent(url, u -> new TreeSet<>()).add(request.tip());
        }
      }
    }
    List<FetchRequest> requests = new ArrayList<>();
    byUrl.forEach(
        (url, oids) -> {
          if (policy.allows(url) && !oids.isEmpty()) {
            requests.add(new FetchRequest(family, url, oids));
          }
        });
    return requests;
  }
}
