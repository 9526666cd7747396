package org.purgatory.sync.store.memory;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.PendingEvent;

/**
 * Announcements that expired a short while ago. Not thread-safe.
 *
 * <p>Invariants: one of each author and identifier, and so many of each identifier as are allowed;
 * none is older than what came after it from its author; each is in both maps.
 */
final class DormantAnnouncements {

  private record Dormant(PendingEvent event, Instant since) {}

  private final int mostEach;
  private final Map<RepositoryIdentifier, TreeMap<PublicKey, PendingEvent>> byIdentifier =
      new HashMap<>();

  /** In the order in which they expired. */
  private final Map<EventId, Dormant> byId = new LinkedHashMap<>();

  DormantAnnouncements(int mostEach) {
    this.mostEach = mostEach;
  }

  /** Keeps an announcement that just expired. Newcomers are passed over when there are too many. */
  void add(PendingEvent expired, Instant now) {
    RepositoryIdentifier identifier = expired.event().identifier();
    Map<PublicKey, PendingEvent> others = byIdentifier.getOrDefault(identifier, new TreeMap<>());
    PendingEvent before = others.get(expired.event().author());
    if (before != null && isNewer(before.event(), expired.event())) {
      return;
    }
    if (before != null) {
      remove(before.id());
    } else if (others.size() >= mostEach) {
      return;
    }
    byIdentifier
        .computeIfAbsent(identifier, i -> new TreeMap<>())
        .put(expired.event().author(), expired);
    byId.put(expired.id(), new Dormant(expired, now));
  }

  /** Hears of an announcement that waits or is served now: what it replaces is let go. */
  void replacedBy(Announcement arrived) {
    PendingEvent before =
        byIdentifier.getOrDefault(arrived.identifier(), new TreeMap<>()).get(arrived.author());
    if (before != null && !isNewer(before.event(), arrived)) {
      remove(before.id());
    }
  }

  static boolean isNewer(GitEvent one, GitEvent other) {
    return GitEvent.REPLACEMENT_ORDER.compare(one, other) > 0;
  }

  Optional<PendingEvent> find(EventId id) {
    return Optional.ofNullable(byId.get(id)).map(Dormant::event);
  }

  void remove(EventId id) {
    Dormant removed = byId.remove(id);
    GitEvent event = removed.event().event();
    Map<PublicKey, PendingEvent> left = byIdentifier.get(event.identifier());
    left.remove(event.author());
    if (left.isEmpty()) {
      byIdentifier.remove(event.identifier());
    }
  }

  /** Those of an identifier, by author. */
  Stream<PendingEvent> of(RepositoryIdentifier identifier) {
    return byIdentifier.getOrDefault(identifier, new TreeMap<>()).values().stream();
  }

  void forget(RepositoryIdentifier identifier) {
    List<EventId> ids = of(identifier).map(PendingEvent::id).toList();
    ids.forEach(this::remove);
  }

  void forgetBefore(Instant time) {
    List<EventId> tooOld =
        byId.values().stream()
            .takeWhile(dormant -> dormant.since().isBefore(time))
            .map(dormant -> dormant.event().id())
            .toList();
    tooOld.forEach(this::remove);
  }

  /** All of them with the times at which they expired, the longest ago first. For tests. */
  Map<EventId, Instant> all() {
    Map<EventId, Instant> all = new LinkedHashMap<>();
    byId.forEach((id, dormant) -> all.put(id, dormant.since()));
    return Collections.unmodifiableMap(all);
  }
}
