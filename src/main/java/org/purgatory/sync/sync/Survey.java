package org.purgatory.sync.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;

/**
 * Everything that a look at an identifier found.
 *
 * @param work what waits and what is known
 * @param hosted the owners' repositories that are on this volume
 * @param plan what the events want
 * @param missing what each family lacks
 */
record Survey(
    Work work,
    Map<PublicKey, HostedRepository> hosted,
    WorkPlan plan,
    Map<FamilyRepositories, Set<Oid>> missing) {

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

  /**
   * What keeps events waiting besides missing objects.
   *
   * @param path where an owner's repository is, or would be
   * @return a bounded number of sentences for whoever runs the relay, without credentials
   */
  List<String> problems(UrlPolicy policy, Function<PublicKey, String> path) {
    return new Obstacles(work, hosted, policy, path).tell();
  }
}
