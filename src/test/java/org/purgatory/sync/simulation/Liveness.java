package org.purgatory.sync.simulation;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Families;
import org.purgatory.sync.nostr.Family;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.sync.FamilyRepositories;

/** Which of the events that still wait have to end, now that nothing goes wrong any more. */
final class Liveness {

  private final World world;

  Liveness(World world) {
    this.world = world;
  }

  /** Events that wait though all that they need is to be had. */
  List<GitEvent> stillToEnd() {
    return world.model.all().flatMap(this::stillToEnd).toList();
  }

  private Stream<GitEvent> stillToEnd(QueuedIdentifier one) {
    if (one.pending.isEmpty()) {
      return Stream.empty();
    }
    List<GitEvent> waiting =
        one.pending.values().stream().map(QueuedIdentifier.Waiting::event).toList();
    List<Announcement> announcements =
        Stream.of(one.known.values(), one.asleep(), waiting)
            .flatMap(Collection::stream)
            .filter(Announcement.class::isInstance)
            .map(Announcement.class::cast)
            .toList();
    List<Family> families = Families.of(announcements);
    Set<PublicKey> announced = one.owners();
    return waiting.stream().filter(event -> hasToEnd(event, announced, families));
  }

  private boolean hasToEnd(GitEvent event, Set<PublicKey> announced, List<Family> families) {
    List<OwnerRepository> concerned = world.truth.concerned(event, announced);
    if (event instanceof Announcement) {
      return concerned.stream().anyMatch(OwnerRepository::hasRefs);
    }
    return !concerned.isEmpty()
        && concerned.stream()
            .allMatch(repository -> isToBeHad(event, familyOf(repository, families)));
  }

  private static Family familyOf(OwnerRepository repository, List<Family> families) {
    return families.stream()
        .filter(family -> family.owners().contains(repository.owner))
        .findFirst()
        .orElseThrow();
  }

  private boolean isToBeHad(GitEvent event, Family family) {
    Set<CloneUrl> urls = new TreeSet<>(family.cloneUrls());
    if (event instanceof PullRequest request) {
      urls.addAll(request.cloneUrls());
    }
    TreeSet<PublicKey> owners = new TreeSet<>(family.owners());
    owners.removeIf(owner -> world.volume.repository(family.identifier(), owner) == null);
    Set<Oid> here = world.volume.here(new FamilyRepositories(family.identifier(), owners));
    return event.oids().stream()
        .allMatch(
            oid -> here.contains(oid) || urls.stream().anyMatch(u -> world.servers.has(u, oid)));
  }
}
