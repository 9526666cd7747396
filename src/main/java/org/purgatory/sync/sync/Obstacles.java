package org.purgatory.sync.sync;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Families;
import org.purgatory.sync.nostr.Family;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.nostr.UnusableUrl;

/**
 * What keeps events waiting besides missing objects, in sentences for whoever runs the relay. None
 * holds credentials.
 */
final class Obstacles {

  /** Anybody can make more of them. */
  private static final int MOST = 50;

  private static final int MOST_PATHS = 3;

  private final EventsAtHand events;
  private final Map<PublicKey, HostedRepository> hosted;
  private final UrlPolicy policy;
  private final Function<PublicKey, String> path;
  private final Map<PublicKey, Set<PublicKey>> maintainers = new TreeMap<>();
  private final Map<String, List<String>> subjectsByObstacle = new LinkedHashMap<>();

  /**
   * Prepares to look for obstacles.
   *
   * @param hosted the repositories that are on this volume
   * @param policy which clone URLs may be used
   * @param path where an owner's repository is, or would be
   */
  Obstacles(
      Work work,
      Map<PublicKey, HostedRepository> hosted,
      UrlPolicy policy,
      Function<PublicKey, String> path) {
    this.events = new EventsAtHand(work);
    this.hosted = hosted;
    this.policy = policy;
    this.path = path;
  }

  /** Tells the obstacles: those of events first, those of single URLs last. */
  List<String> tell() {
    List<Family> families = Families.of(events.announcements().values());
    for (Family family : families) {
      family.owners().forEach(owner -> maintainers.put(owner, family.maintainersOf(owner)));
    }
    events.pending().forEach(this::tellOf);
    for (Family family : families) {
      if (family.owners().stream().anyMatch(hosted::containsKey)) {
        tellUrlsOf(family);
      }
    }
    return lines();
  }

  /** The same obstacle of many events is one line. */
  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    subjectsByObstacle.forEach(
        (obstacle, subjects) -> {
          String others = subjects.size() > 1 ? " and " + (subjects.size() - 1) + " more" : "";
          lines.add(subjects.get(0) + others + ": " + obstacle);
        });
    return lines.size() <= MOST
        ? lines
        : Stream.concat(
                lines.stream().limit(MOST - 1),
                Stream.of("and " + (lines.size() - MOST + 1) + " more"))
            .toList();
  }

  private void tell(String subject, String obstacle) {
    subjectsByObstacle.computeIfAbsent(obstacle, o -> new ArrayList<>()).add(subject);
  }

  private void tellOf(GitEvent event) {
    List<PublicKey> owners = List.of(event.author());
    if (event instanceof RepositoryState) {
      owners =
          maintainers.keySet().stream()
              .filter(owner -> maintainers.get(owner).contains(event.author()))
              .toList();
      if (owners.isEmpty()) {
        tell(
            nameOf(event) + " of " + event.author().npub(),
            "no known announcement has its author for an owner or a maintainer");
      }
    } else if (event instanceof PullRequest request) {
      owners = maintainers.keySet().stream().filter(o -> concerns(request, o)).toList();
      if (owners.isEmpty()) {
        tell(nameOf(event), "no announcement of a repository that it is for is known");
      }
    }
    tellRepositories(nameOf(event), owners);
    if (event.oids().stream().anyMatch(Oid::isSha256)) {
      tell(nameOf(event), "it names SHA-256 objects, which are not supported");
    }
  }

  private boolean concerns(PullRequest request, PublicKey owner) {
    return request.owners().stream().anyMatch(maintainers.get(owner)::contains);
  }

  private void tellRepositories(String subject, List<PublicKey> owners) {
    for (PublicKey owner : owners) {
      if (hosted.containsKey(owner)) {
        hosted.get(owner).problem().ifPresent(problem -> tell(subject, problem));
      }
    }
    if (!owners.isEmpty() && owners.stream().noneMatch(hosted::containsKey)) {
      String paths = String.join(", ", owners.stream().limit(MOST_PATHS).map(path).toList());
      tell(
          subject,
          "not on this volume: "
              + paths
              + (owners.size() > MOST_PATHS ? ", …" : "")
              + ": create the repository, or set purgatory.git.create-missing");
    }
  }

  private void tellUrlsOf(Family family) {
    boolean anyUsable = false;
    List<PullRequest> requests =
        events
            .pendingOf(PullRequest.class)
            .filter(request -> family.owners().stream().anyMatch(o -> concerns(request, o)))
            .toList();
    for (Announcement announcement : trustedFirst(family)) {
      anyUsable |= tellUrls(announcement, announcement.cloneUrls(), announcement.unusableUrls());
    }
    for (PullRequest request : requests) {
      anyUsable |= tellUrls(request, request.cloneUrls(), request.unusableUrls());
    }
    if (!anyUsable) {
      tell(
          quoted(family.identifier().value()),
          "no announcement or pull request lists a clone URL that can be used here");
    }
  }

  /** Any stranger can join a family, with any number of URLs. */
  private List<Announcement> trustedFirst(Family family) {
    Set<PublicKey> authors = new LinkedHashSet<>();
    family.owners().stream()
        .filter(hosted::containsKey)
        .forEach(owner -> authors.addAll(maintainers.get(owner)));
    authors.addAll(family.owners());
    return authors.stream()
        .filter(family.announcements()::containsKey)
        .map(family.announcements()::get)
        .toList();
  }

  private boolean tellUrls(GitEvent event, List<CloneUrl> urls, List<UnusableUrl> unusable) {
    boolean anyUsable = false;
    for (UnusableUrl url : unusable) {
      tell(nameOf(event), "a clone URL is left out: " + url.reason());
    }
    for (CloneUrl url : urls) {
      policy
          .refusal(url)
          .ifPresent(why -> tell(nameOf(event), quoted(url.value()) + " is left out: " + why));
      anyUsable |= policy.allows(url);
    }
    return anyUsable;
  }

  private static String nameOf(GitEvent event) {
    if (event instanceof Announcement) {
      return "announcement " + event.id();
    }
    return (event instanceof RepositoryState ? "state " : "pull request ") + event.id();
  }
}
