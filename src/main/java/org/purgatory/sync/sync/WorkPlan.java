package org.purgatory.sync.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
 * @param superseded events that newer ones of the same maintainers replaced
 * @param blocked events that also concern a repository which is here and cannot be opened: they are
 *     applied to the others, and wait
 */
record WorkPlan(
    List<RepositoryPlan> repositories,
    List<FamilySources> sources,
    List<HostedAnnouncement> announcements,
    List<GitEvent> free,
    List<GitEvent> superseded,
    Set<GitEvent> blocked) {

  /**
   * A pending announcement whose repository is here.
   *
   * @param announcement the announcement
   * @param hasRefs whether its repository has refs already
   */
  record HostedAnnouncement(Announcement announcement, boolean hasRefs) {}

  /** The objects that the events of one family name. */
  SortedSet<Oid> oidsOf(FamilyRepositories family) {
    return repositories.stream()
        .filter(repository -> repository.family().equals(family))
        .flatMap(RepositoryPlan::events)
        .flatMap(event -> event.oids().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The events whose objects are here for every family that they concern. */
  Set<GitEvent> complete(Map<FamilyRepositories, Set<Oid>> missing) {
    Predicate<RepositoryPlan> anyRepository = repository -> true;
    Set<GitEvent> complete = eventsOf(anyRepository);
    for (RepositoryPlan repository : repositories) {
      Set<Oid> lacking = missing.get(repository.family());
      repository
          .events()
          .filter(event -> event.oids().stream().anyMatch(lacking::contains))
          .forEach(complete::remove);
    }
    return complete;
  }

  /** The events that concern at least one of some repositories. */
  Set<GitEvent> eventsOf(Predicate<RepositoryPlan> which) {
    return repositories.stream()
        .filter(which)
        .flatMap(RepositoryPlan::events)
        .collect(Collectors.toSet());
  }

  /** Whether anything could be released now. */
  boolean anythingReady(Map<FamilyRepositories, Set<Oid>> missing) {
    return !free.isEmpty()
        || !superseded.isEmpty()
        || announcements.stream().anyMatch(HostedAnnouncement::hasRefs)
        || !complete(missing).isEmpty();
  }
}
