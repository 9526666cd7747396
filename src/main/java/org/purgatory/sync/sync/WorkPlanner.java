package org.purgatory.sync.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Families;
import org.purgatory.sync.nostr.Family;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * Works out what pending events want: NIP-34's authorisation, and NIP-01's replacement. A waiting
 * announcement counts as a served one does; otherwise neither it nor its state could ever be
 * released.
 */
final class WorkPlanner {

  private final Map<PublicKey, HostedRepository> hosted;
  private final Set<EventId> pendingIds;
  private final Set<EventId> dormantIds;
  private final List<GitEvent> pending;
  private final Map<PublicKey, Announcement> announcements;
  private final Map<PublicKey, RepositoryState> states;
  private final List<RepositoryPlan> repositories = new ArrayList<>();
  private final List<FamilySources> sources = new ArrayList<>();
  private final Set<PublicKey> tracked = new HashSet<>();
  private final Set<GitEvent> blocked = new HashSet<>();

  private WorkPlanner(Work work, Map<PublicKey, HostedRepository> hosted) {
    this.hosted = hosted;
    this.pending = work.pending().stream().map(PendingEvent::event).toList();
    this.pendingIds = pending.stream().map(GitEvent::id).collect(Collectors.toSet());
    this.dormantIds = work.dormant().stream().map(GitEvent::id).collect(Collectors.toSet());
    this.announcements = newestByAuthor(work, Announcement.class);
    this.states = newestByAuthor(work, RepositoryState.class);
  }

  /** Everybody whose announcement is known or waits. */
  static Set<PublicKey> owners(Work work) {
    return newestByAuthor(work, Announcement.class).keySet();
  }

  /**
   * Makes the plan.
   *
   * @param work what is known and what waits
   * @param hosted the repositories that are on this volume
   */
  static WorkPlan plan(Work work, Map<PublicKey, HostedRepository> hosted) {
    return new WorkPlanner(work, hosted).plan();
  }

  private WorkPlan plan() {
    for (Family family : Families.of(announcements.values())) {
      planFamily(family);
    }
    return new WorkPlan(
        repositories, sources, hostedAnnouncements(), free(), superseded(), blocked);
  }

  private void planFamily(Family family) {
    SortedSet<PublicKey> owners = new TreeSet<>();
    for (PublicKey owner : family.owners()) {
      if (isUsable(owner)) {
        owners.add(owner);
      } else if (hosted.containsKey(owner)) {
        Set<PublicKey> maintainers = family.maintainersOf(owner);
        decidingState(maintainers).ifPresent(blocked::add);
        blocked.addAll(pullRequestsFor(maintainers));
      }
    }
    if (owners.isEmpty()) {
      return;
    }
    FamilyRepositories here = new FamilyRepositories(family.identifier(), owners);
    Set<PullRequest> requests = new TreeSet<>(GitEvent.REPLACEMENT_ORDER);
    for (PublicKey owner : owners) {
      Set<PublicKey> maintainers = family.maintainersOf(owner);
      tracked.addAll(maintainers);
      RepositoryPlan repository =
          new RepositoryPlan(
              here,
              owner,
              decidingState(maintainers).filter(state -> !wasReplaced(owner, maintainers, state)),
              pullRequestsFor(maintainers));
      requests.addAll(repository.pullRequests());
      repositories.add(repository);
    }
    sources.add(new FamilySources(here, urls(family, owners), List.copyOf(requests)));
  }

  /**
   * The URLs of those whom the owners here trust come first, as any stranger can join a family by
   * naming one of its members.
   */
  private static List<CloneUrl> urls(Family family, Set<PublicKey> owners) {
    Set<CloneUrl> urls = new LinkedHashSet<>();
    for (PublicKey owner : owners) {
      for (PublicKey trusted : family.maintainersOf(owner)) {
        Announcement announcement = family.announcements().get(trusted);
        if (announcement != null) {
          urls.addAll(announcement.cloneUrls());
        }
      }
    }
    urls.addAll(family.cloneUrls());
    return List.copyOf(urls);
  }

  /** The newest state of a maintainer set, if it waits. A known one has done its work already. */
  private Optional<RepositoryState> decidingState(Set<PublicKey> maintainers) {
    return states.values().stream()
        .filter(state -> maintainers.contains(state.author()) && !state.refs().isEmpty())
        .max(GitEvent.REPLACEMENT_ORDER)
        .filter(this::isPending);
  }

  /** The volume remembers what the store may have forgotten. */
  private boolean wasReplaced(PublicKey owner, Set<PublicKey> maintainers, RepositoryState state) {
    return hosted
        .get(owner)
        .applied()
        .filter(applied -> maintainers.contains(applied.author()))
        .filter(applied -> applied.replaces(state))
        .isPresent();
  }

  private List<PullRequest> pullRequestsFor(Set<PublicKey> maintainers) {
    return pendingOf(PullRequest.class)
        .filter(request -> request.owners().stream().anyMatch(maintainers::contains))
        .toList();
  }

  private List<WorkPlan.HostedAnnouncement> hostedAnnouncements() {
    return announcements.values().stream()
        .filter(a -> isPending(a) || dormantIds.contains(a.id()))
        .filter(a -> isUsable(a.author()))
        .map(a -> new WorkPlan.HostedAnnouncement(a, hosted.get(a.author()).hasRefs()))
        .toList();
  }

  /** States without any ref: their author, a maintainer here, tracks no state any more. */
  private List<GitEvent> free() {
    return states.values().stream()
        .filter(s -> isPending(s) && s.refs().isEmpty() && tracked.contains(s.author()))
        .<GitEvent>map(s -> s)
        .toList();
  }

  private List<GitEvent> superseded() {
    Set<GitEvent> deciding =
        repositories.stream().flatMap(r -> r.state().stream()).collect(Collectors.toSet());
    Stream<GitEvent> outvoted =
        states.values().stream()
            .filter(s -> isPending(s) && !s.refs().isEmpty() && tracked.contains(s.author()))
            .filter(s -> !deciding.contains(s) && !blocked.contains(s))
            .map(s -> s);
    Stream<GitEvent> replaced =
        pending.stream().filter(e -> isReplacedIn(announcements, e) || isReplacedIn(states, e));
    return Stream.concat(replaced, outvoted).distinct().toList();
  }

  private static <E extends GitEvent> boolean isReplacedIn(Map<PublicKey, E> newest, GitEvent e) {
    E current = newest.get(e.author());
    return current != null && current.getClass() == e.getClass() && !current.id().equals(e.id());
  }

  private boolean isUsable(PublicKey owner) {
    return hosted.containsKey(owner) && hosted.get(owner).usable();
  }

  private boolean isPending(GitEvent event) {
    return pendingIds.contains(event.id());
  }

  private <E extends GitEvent> Stream<E> pendingOf(Class<E> type) {
    return pending.stream().filter(type::isInstance).map(type::cast);
  }

  private static <E extends GitEvent> Map<PublicKey, E> newestByAuthor(Work work, Class<E> type) {
    Stream<GitEvent> waiting = work.pending().stream().map(PendingEvent::event);
    return Stream.of(work.known().stream(), work.dormant().stream(), waiting)
        .flatMap(Function.identity())
        .filter(type::isInstance)
        .map(type::cast)
        .collect(
            Collectors.toMap(
                GitEvent::author,
                Function.identity(),
                BinaryOperator.maxBy(GitEvent.REPLACEMENT_ORDER),
                TreeMap::new));
  }
}
