package org.purgatory.sync.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;

/**
 * What the pending events of one identifier want from the repositories on this volume.
 *
 * @param repositories the repositories that are here, each with the events that concern it
 * @param sources where each family's objects may come from
 * @param announcements the pending announcements whose repository is here
 * @param free events that are satisfied at once and move nothing
 * @param superseded events that newer ones of the same maintainers replaced, with what did
 * @param blocked events that also concern a repository which is here and cannot be opened: they are
 *     applied to the others, and wait
 */
record WorkPlan(
    List<RepositoryPlan> repositories,
    List<FamilySources> sources,
    List<HostedAnnouncement> announcements,
    List<GitEvent> free,
    List<Superseded> superseded,
    Set<GitEvent> blocked) {

  /**
   * A pending announcement whose repository is here.
   *
   * @param announcement the announcement
   * @param ready whether it can be released at once, as nothing has to come for it
   */
  record HostedAnnouncement(Announcement announcement, boolean ready) {}

  /** The objects that one family's repositories are to have. */
  SortedSet<Oid> oidsOf(FamilyRepositories family) {
    return repositories.stream()
        .filter(repository -> repository.family().equals(family))
        .flatMap(repository -> repository.oids().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The pending events whose objects are here for every family that they concern. */
  Set<GitEvent> complete(Map<FamilyRepositories, Set<Oid>> missing) {
    return complete(RepositoryPlan::events, missing);
  }

  /** The states that are served already, but not everywhere, and whose objects are here. */
  Set<GitEvent> servable(Map<FamilyRepositories, Set<Oid>> missing) {
    return complete(repository -> repository.served().stream(), missing);
  }

  private Set<GitEvent> complete(
      Function<RepositoryPlan, Stream<? extends GitEvent>> events,
      Map<FamilyRepositories, Set<Oid>> missing) {
    Set<GitEvent> complete = new HashSet<>();
    repositories.forEach(repository -> events.apply(repository).forEach(complete::add));
    for (RepositoryPlan repository : repositories) {
      Set<Oid> lacking = missing.get(repository.family());
      events
          .apply(repository)
          .filter(event -> event.oids().stream().anyMatch(lacking::contains))
          .forEach(complete::remove);
    }
    return complete;
  }

  /** Whether anything could be released now. */
  boolean anythingReady(Map<FamilyRepositories, Set<Oid>> missing) {
    return !free.isEmpty()
        || !superseded.isEmpty()
        || announcements.stream().anyMatch(HostedAnnouncement::ready)
        || !complete(missing).isEmpty()
        || !servable(missing).isEmpty();
  }
}
