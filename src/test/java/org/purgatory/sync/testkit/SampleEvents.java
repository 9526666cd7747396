package org.purgatory.sync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.NostrEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.nostr.RepositoryState;

/** Events as they are behind the door, unsigned: for tests of what happens with them there. */
public final class SampleEvents {

  private SampleEvents() {}

  /** A user, by a number from 1. */
  public static PublicKey user(int number) {
    return new PublicKey(hex(number, 64));
  }

  /** An object, by a number from 1. */
  public static Oid oid(int number) {
    return new Oid(hex(number, 40));
  }

  /** An identifier. */
  public static RepositoryIdentifier repo(String name) {
    return new RepositoryIdentifier(name);
  }

  /** An announcement without co-maintainers. */
  public static Announcement announcement(int id, PublicKey owner, String repo, String... urls) {
    return announcement(id, owner, repo, Set.of(), urls);
  }

  /** An announcement. */
  public static Announcement announcement(
      int id, PublicKey owner, String repo, Set<PublicKey> maintainers, String... urls) {
    return new Announcement(
        event(id, owner, id, Announcement.KIND), repo(repo), maintainers, urls(urls), List.of());
  }

  /** A state whose branches b0, b1, … point at objects. The id is its time, too. */
  public static RepositoryState state(int id, PublicKey author, String repo, Oid... branches) {
    return state(id, id, author, repo, branches);
  }

  /** A state made at a certain time. */
  public static RepositoryState state(
      int id, long createdAt, PublicKey author, String repo, Oid... branches) {
    Map<RefName, RefTarget> refs = new TreeMap<>();
    for (int i = 0; i < branches.length; i++) {
      refs.put(new RefName("refs/heads/b" + i), RefTarget.at(branches[i]));
    }
    return new RepositoryState(
        event(id, author, createdAt, RepositoryState.KIND),
        repo(repo),
        new TreeMap<>(refs),
        Optional.empty());
  }

  /** A pull request. */
  public static PullRequest pullRequest(
      int id, PublicKey author, PublicKey owner, String repo, Oid tip, String... urls) {
    return new PullRequest(
        event(id, author, id, PullRequest.KIND),
        repo(repo),
        Set.of(owner),
        tip,
        urls(urls),
        List.of());
  }

  private static NostrEvent event(int id, PublicKey author, long createdAt, int kind) {
    return new NostrEvent(
        new EventId(hex(id, 64)), author, createdAt, kind, List.of(), "", "0".repeat(128));
  }

  private static List<CloneUrl> urls(String... urls) {
    List<CloneUrl> parsed = new ArrayList<>();
    for (String url : urls) {
      parsed.add(CloneUrl.parse(url));
    }
    return parsed;
  }

  private static String hex(int number, int digits) {
    String hex = Integer.toHexString(number);
    return "0".repeat(digits - hex.length()) + hex;
  }
}
