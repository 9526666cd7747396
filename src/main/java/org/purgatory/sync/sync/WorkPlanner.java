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

/** Works out what pending events want: NIP-34's authorisation, and NIP-01's replacement. */
final class WorkPlanner {

  private final Map<PublicKey, HostedRepository> hosted;
  private final EventsAtHand events;
  private final List<RepositoryPlan> repositories = new ArrayList<>();
  private final List<FamilySources> sources = new ArrayList<>();
  private final List<WorkPlan.HostedAnnouncement> announcements = new ArrayList<>();
  private final Set<GitEvent> free = new LinkedHashSet<>();
  private final Set<GitEvent> deciding = new HashSet<>();
  private final Set<GitEvent> blocked = new HashSet<>();
  private final Map<EventId, Superseded> outvoted = new TreeMap<>();

  private WorkPlanner(Work work, Map<PublicKey, HostedRepository> hosted) {
    this.hosted = hosted;
    this.events = new EventsAtHand(work);
  }

  /** Everybody whose announcement is known or waits. */
  static Set<PublicKey> owners(Work work) {
    return new EventsAtHand(work).announcements().keySet();
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
    for (Family family : Families.of(events.announcements().values())) {
      planFamily(family);
    }
    return new WorkPlan(
        repositories, sources, announcements, List.copyOf(free), superseded(), blocked);
  }

  private void planFamily(Family family) {
    SortedSet<PublicKey> owners = new TreeSet<>();
    for (PublicKey owner : family.owners()) {
      if (isUsable(owner)) {
        owners.add(owner);
      } else if (hosted.containsKey(owner)) {
        Set<PublicKey> maintainers = family.maintainersOf(owner);
        events.newestOf(maintainers).filter(events::isPending).ifPresent(blocked::add);
        blocked.addAll(pullRequestsFor(maintainers));
      }
    }
    if (owners.isEmpty()) {
      return;
    }
    FamilyRepositories here = new FamilyRepositories(family.identifier(), owners);
    Set<PullRequest> requests = new TreeSet<>(GitEvent.REPLACEMENT_ORDER);
    for (PublicKey owner : owners) {
      RepositoryPlan repository = planRepository(here, owner, family.maintainersOf(owner));
      requests.addAll(repository.pullRequests());
      repositories.add(repository);
      planAnnouncement(family.announcements().get(owner), family.maintainersOf(owner));
    }
    sources.add(new FamilySources(here, urls(family, owners), List.copyOf(requests)));
  }

  private RepositoryPlan planRepository(
      FamilyRepositories here, PublicKey owner, Set<PublicKey> maintainers) {
    HostedRepository repository = hosted.get(owner);
    // The volume remembers what the store may have forgotten.
    Optional<AppliedState> applied =
        repository.applied().filter(last -> maintainers.contains(last.author()));
    Optional<RepositoryState> newest = events.newestOf(maintainers);
    Optional<RepositoryState> next =
        newest.filter(state -> applied.filter(last -> last.replaces(state)).isEmpty());
    next.filter(events::isPending).ifPresent(deciding::add);
    events
        .statesOf(maintainers)
        .filter(events::isPending)
        .forEach(state -> judge(state, newest, applied));
    return new RepositoryPlan(
        here,
        owner,
        next.filter(events::isPending),
        next.filter(state -> !events.isPending(state) && canBeBrought(state, repository)),
        pullRequestsFor(maintainers));
  }

  /**
   * A state without any ref says that its author, a maintainer here, tracks no state any more. Any
   * other one either decides or is outvoted.
   */
  private void judge(
      RepositoryState state, Optional<RepositoryState> newest, Optional<AppliedState> applied) {
    if (state.refs().isEmpty()) {
      free.add(state);
    } else if (!newest.equals(Optional.of(state))) {
      outvoted.putIfAbsent(state.id(), Superseded.outvoted(state, newest.orElseThrow()));
    } else {
      applied
          .filter(last -> last.replaces(state))
          .ifPresent(last -> outvoted.putIfAbsent(state.id(), Superseded.late(state, last)));
    }
  }

  /**
   * A state that is served already comes to where it has not been, as long as it can undo nothing:
   * somebody may have pushed what a newer state names that we have not been told of.
   */
  private static boolean canBeBrought(RepositoryState served, HostedRepository repository) {
    return switch (repository.standing()) {
      case EMPTY -> !served.objectRefs().isEmpty();
      case AS_APPLIED ->
          repository.applied().filter(last -> last.id().equals(served.id())).isEmpty();
      case AS_BEFORE -> true;
      case CHANGED -> false;
    };
  }

  /**
   * A waiting or dormant announcement is released with the first event that is satisfied for it.
   * Nothing has to come for one whose repository has refs, or if a maintainer's state names no
   * object.
   */
  private void planAnnouncement(Announcement announcement, Set<PublicKey> maintainers) {
    if (events.isPending(announcement) || events.isDormant(announcement)) {
      boolean ready =
          hosted.get(announcement.author()).hasRefs()
              || events.statesOf(maintainers).anyMatch(state -> state.oids().isEmpty());
      announcements.add(new WorkPlan.HostedAnnouncement(announcement, ready));
    }
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

  private List<PullRequest> pullRequestsFor(Set<PublicKey> maintainers) {
    return events
        .pendingOf(PullRequest.class)
        .filter(request -> request.owners().stream().anyMatch(maintainers::contains))
        .toList();
  }

  private List<Superseded> superseded() {
    Stream<Superseded> replaced =
        events.pending().stream()
            .flatMap(e -> events.replacementOf(e).map(by -> Superseded.replaced(e, by)).stream());
    return Stream.concat(
            replaced,
            outvoted.values().stream()
                .filter(o -> !deciding.contains(o.event()) && !blocked.contains(o.event())))
        .toList();
  }

  private boolean isUsable(PublicKey owner) {
    return hosted.containsKey(owner) && hosted.get(owner).usable();
  }
}
