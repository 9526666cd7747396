package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.EventSigner;

class AnnouncementTest {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final EventSigner CAROL = EventSigner.seeded("carol");

  @Test
  void readsWhatNgitPublishes() {
    String here = "https://relay.example/" + ALICE.publicKey().npub() + "/purgatory.git";
    Announcement announcement =
        Reading.announcement(
            ALICE
                .event(30617)
                .tag("d", "purgatory")
                .tag("r", "26689f97810fc656c7134c76e2a37d33b2e40ce7", "euc")
                .tag("name", "purgatory")
                .tag("description", "a place to wait")
                .tag("clone", here, "https://github.com/example/purgatory.git")
                .tag("web", "https://gitworkshop.dev/purgatory")
                .tag("relays", "wss://relay.example", "wss://other.example")
                .tag("maintainers", BOB.publicKey().hex(), CAROL.publicKey().hex())
                .tag("alt", "git repository: purgatory"));

    assertThat(announcement.author()).isEqualTo(ALICE.publicKey());
    assertThat(announcement.identifier().value()).isEqualTo("purgatory");
    assertThat(announcement.maintainers())
        .containsExactlyInAnyOrder(BOB.publicKey(), CAROL.publicKey());
    assertThat(announcement.cloneUrls())
        .extracting(CloneUrl::value)
        .containsExactly(here, "https://github.com/example/purgatory.git");
    assertThat(announcement.unusableUrls()).isEmpty();
    assertThat(announcement.oids()).isEmpty();
  }

  @Test
  void collectsUrlsAndMaintainersOfEveryTag() {
    Announcement announcement =
        Reading.announcement(
            ALICE
                .announcement("repo")
                .cloneUrls("https://a.example/x")
                .cloneUrls("https://b.example/x", "https://A.example:443/x/")
                .maintainers(BOB)
                .maintainers(CAROL, BOB));

    assertThat(announcement.cloneUrls())
        .extracting(CloneUrl::value)
        .containsExactly("https://a.example/x", "https://b.example/x");
    assertThat(announcement.maintainers()).hasSize(2);
  }

  @Test
  void leavesOutUrlsThatCannotBeUsedAndSaysWhy() {
    Announcement announcement =
        Reading.announcement(
            ALICE
                .announcement("repo")
                .cloneUrls(
                    "ssh://git@a.example/x",
                    "https://u:hunter2@a.example/x",
                    "",
                    "https://b.example/x"));

    assertThat(announcement.cloneUrls()).hasSize(1);
    assertThat(announcement.unusableUrls())
        .extracting(UnusableUrl::reason)
        .containsExactly(
            "only http and https clone URLs can be used here",
            "a clone URL must name a host, and no user or password",
            "only http and https clone URLs can be used here");
  }

  @Test
  void leavesOutItsAuthorAndWhatIsNoKeyFromTheMaintainers() {
    Announcement announcement =
        Reading.announcement(
            ALICE
                .announcement("repo")
                .maintainers(ALICE, BOB)
                .tag("maintainers")
                .tag("maintainers", CAROL.publicKey().npub(), "", "bob", "A".repeat(64)));

    assertThat(announcement.maintainers()).containsExactly(BOB.publicKey());
  }

  @Test
  void takesTheFirstIdentifierOnly() {
    assertThat(Reading.announcement(ALICE.announcement("one").tag("d", "two")).identifier().value())
        .isEqualTo("one");
  }

  @Test
  void needsAnIdentifierThatIsAFileName() {
    Reading.refuses(ALICE.event(30617), "must have a d tag");
    Reading.refuses(ALICE.event(30617).tag("d"), "must have a d tag");
    Reading.refuses(ALICE.event(30618), "must have a d tag");
    Reading.refuses(ALICE.announcement(""), "must not be empty");
    Reading.refuses(ALICE.announcement("../evil"), "must not hold a slash");
  }

  @Test
  void eventsOfOtherKindsWaitForNothing() {
    Reading.refuses(ALICE.event(1).tag("d", "repo"), "wait for git data, not 1");
    Reading.refuses(ALICE.event(1621).tag("d", "repo"), "not 1621");
  }

  @Test
  void newestReplacesAndOnATieTheLowestId() {
    Announcement early = Reading.announcement(ALICE.announcement("repo").createdAt(1));
    Announcement late = Reading.announcement(ALICE.announcement("repo").createdAt(2));
    Announcement other =
        Reading.announcement(ALICE.announcement("repo").createdAt(2).content("other"));
    boolean lateIsLower = late.id().compareTo(other.id()) < 0;

    assertThat(GitEvent.REPLACEMENT_ORDER.compare(early, late)).isNegative();
    assertThat(GitEvent.REPLACEMENT_ORDER.compare(other, late) < 0).isEqualTo(lateIsLower);
  }
}
