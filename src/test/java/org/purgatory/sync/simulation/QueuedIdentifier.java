package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.nostr.RepositoryState;

/** One identifier of the {@link QueueModel}. Times are in microseconds since the beginning. */
final class QueuedIdentifier {

  private static final long NONE = Long.MAX_VALUE;

  /** An event that waits, and since when. */
  record Waiting(GitEvent event, long since) {}

  final RepositoryIdentifier identifier;
  final Map<EventId, Waiting> pending = new LinkedHashMap<>();
  final Map<String, GitEvent> known = new TreeMap<>();

  /** Announcements that expired and may be revived, by their authors. */
  final Map<PublicKey, Waiting> dormant = new TreeMap<>();

  /** What the run is applying: it can neither expire nor be withdrawn while the lease lasts. */
  final Set<EventId> begun = new LinkedHashSet<>();

  /** All that was ever handed in. */
  final Set<GitEvent> everSeen = new LinkedHashSet<>();

  int attempts;
  boolean running;
  long token;
  long leaseUntil;
  long due = NONE;

  /** Since when nothing but its time keeps it from being claimed. */
  private long freeSince;

  /** When the next run is due because of what came in during this one. */
  private long dueAgain = NONE;

  /** Whose announcements the run at hand has seen. */
  private Set<PublicKey> ownersSeen = Set.of();

  QueuedIdentifier(RepositoryIdentifier identifier) {
    this.identifier = identifier;
  }

  boolean isInQueue() {
    return running || !pending.isEmpty();
  }

  long claimableAt() {
    return running ? leaseUntil : due;
  }

  /** Since when it could have been claimed. */
  long waitsSince() {
    return Math.max(claimableAt(), freeSince);
  }

  long oldest() {
    return pending.values().stream().mapToLong(Waiting::since).min().orElse(NONE);
  }

  /** When the next run is due, as far as is known. */
  long dueNext() {
    return dueAgain != NONE ? dueAgain : due;
  }

  void arrived(GitEvent event, long now, Duration delay) {
    everSeen.add(event);
    replacesDormant(event);
    pending.put(event.id(), new Waiting(event, now));
    news(now, delay);
  }

  /** An event or a trigger: it never waits for a backoff that it did not cause. */
  void news(long now, Duration delay) {
    attempts = 0;
    long at = now + Schedule.micros(delay);
    if (running) {
      dueAgain = Math.min(dueAgain, at);
    } else {
      due = Math.min(due, at);
    }
  }

  void claimed(long newToken, long until) {
    running = true;
    dueAgain = NONE;
    token = newToken;
    begun.clear();
    leaseUntil = until;
    seen();
  }

  /** The run looks at what is known now. */
  void seen() {
    ownersSeen = owners();
  }

  Set<PublicKey> ownersSeen() {
    return ownersSeen;
  }

  /** The dormant announcements. */
  List<GitEvent> asleep() {
    return dormant.values().stream().map(Waiting::event).toList();
  }

  boolean isDormant(EventId id) {
    return dormant.values().stream().anyMatch(one -> one.event().id().equals(id));
  }

  /** Takes an event out, be it waiting or dormant. */
  Waiting take(EventId id) {
    Waiting waiting = pending.remove(id);
    if (waiting != null) {
      return waiting;
    }
    Waiting asleep =
        dormant.values().stream().filter(d -> d.event().id().equals(id)).findFirst().orElseThrow();
    dormant.remove(asleep.event().author());
    return asleep;
  }

  boolean isBeingApplied(EventId id, long now) {
    return running && leaseUntil > now && begun.contains(id);
  }

  /** An announcement has expired: it sleeps, unless a newer one of its author is there. */
  void sleep(Waiting expired) {
    GitEvent served = known.get("announcement " + expired.event().author());
    Waiting before = dormant.get(expired.event().author());
    if ((served == null || isNewer(expired.event(), served))
        && (before == null || !isNewer(before.event(), expired.event()))) {
      dormant.put(expired.event().author(), expired);
    }
  }

  private void replacesDormant(GitEvent arrived) {
    if (arrived instanceof Announcement) {
      Waiting before = dormant.get(arrived.author());
      if (before != null && !isNewer(before.event(), arrived)) {
        dormant.remove(arrived.author());
      }
    }
  }

  private static boolean isNewer(GitEvent one, GitEvent other) {
    return GitEvent.REPLACEMENT_ORDER.compare(one, other) > 0;
  }

  /** Everybody whose announcement is known, waits or is dormant. */
  Set<PublicKey> owners() {
    Set<PublicKey> owners = new TreeSet<>(dormant.keySet());
    known.values().stream()
        .filter(Announcement.class::isInstance)
        .forEach(a -> owners.add(a.author()));
    pending.values().stream()
        .map(Waiting::event)
        .filter(Announcement.class::isInstance)
        .forEach(a -> owners.add(a.author()));
    return owners;
  }

  void completed(long now) {
    running = false;
    begun.clear();
    freeSince = now;
    if (pending.isEmpty()) {
      leaveQueue();
      return;
    }
    attempts = dueAgain == NONE ? attempts + 1 : 0;
    due = Math.min(dueAgain, now + backoff(attempts));
    dueAgain = NONE;
  }

  private static long backoff(int attempts) {
    long base = Schedule.micros(Terms.BACKOFF.base()) << Math.max(0, Math.min(attempts, 10) - 1);
    return Math.min(base, Schedule.micros(Terms.BACKOFF.most()));
  }

  void leaveQueue() {
    running = false;
    begun.clear();
    attempts = 0;
    due = NONE;
    dueAgain = NONE;
  }

  /** Of announcements and states the newest of each author counts (NIP-01). */
  void learn(GitEvent event) {
    everSeen.add(event);
    replacesDormant(event);
    if (!(event instanceof PullRequest)) {
      String slot =
          (event instanceof RepositoryState ? "state " : "announcement ") + event.author();
      known.merge(slot, event, (a, b) -> GitEvent.REPLACEMENT_ORDER.compare(a, b) >= 0 ? a : b);
    }
  }
}
