package org.purgatory.sync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.GitEventReader;
import org.purgatory.sync.nostr.NostrEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.nostr.RepositoryState;

/** Events as they are behind the door, unsigned: for tests of what happens with them there. */
public final class SampleEvents {

  private static final GitEventReader READER = new GitEventReader(EventLimits.DEFAULT);

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
    List<List<String>> tags = new ArrayList<>(List.of(List.of("d", repo)));
    tags.add(tag("clone", List.of(urls)));
    tags.add(tag("maintainers", maintainers.stream().map(PublicKey::hex).sorted().toList()));
    return (Announcement) read(id, id, owner, Announcement.KIND, tags);
  }

  /** A state whose branches b0, b1, … point at objects. The id is its time, too. */
  public static RepositoryState state(int id, PublicKey author, String repo, Oid... branches) {
    return state(id, id, author, repo, branches);
  }

  /** A state made at a certain time. */
  public static RepositoryState state(
      int id, long createdAt, PublicKey author, String repo, Oid... branches) {
    List<List<String>> tags = new ArrayList<>(List.of(List.of("d", repo)));
    for (int i = 0; i < branches.length; i++) {
      tags.add(List.of("refs/heads/b" + i, branches[i].hex()));
    }
    return (RepositoryState) read(id, createdAt, author, RepositoryState.KIND, tags);
  }

  /** A pull request. */
  public static PullRequest pullRequest(
      int id, PublicKey author, PublicKey owner, String repo, Oid tip, String... urls) {
    List<List<String>> tags =
        List.of(
            List.of("a", Announcement.KIND + ":" + owner + ":" + repo),
            List.of("c", tip.hex()),
            tag("clone", List.of(urls)));
    return (PullRequest) read(id, id, author, PullRequest.KIND, tags);
  }

  /** Any event, by its tags. As if it had been read, so that a store may keep it. */
  public static GitEvent read(
      int id, long createdAt, PublicKey author, int kind, List<List<String>> tags) {
    return READER.read(
        new NostrEvent(
            new EventId(hex(id, 64)), author, createdAt, kind, tags, "", "0".repeat(128)));
  }

  private static List<String> tag(String name, List<String> values) {
    return Stream.concat(Stream.of(name), values.stream()).toList();
  }

  private static String hex(int number, int digits) {
    String hex = Integer.toHexString(number);
    return "0".repeat(digits - hex.length()) + hex;
  }
}
