package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.testkit.EventSigner;

class FamiliesTest {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final EventSigner CAROL = EventSigner.seeded("carol");
  private static final EventSigner MALLORY = EventSigner.seeded("mallory");

  @Test
  void strangersWithTheSameIdentifierAreNoFamily() {
    List<Family> families = Families.of(List.of(announced(ALICE), announced(MALLORY)));

    assertThat(families).hasSize(2);
    assertThat(families).extracting(Family::owners).allMatch(owners -> owners.size() == 1);
  }

  @Test
  void maintainersFollowTheAnnouncementsOfThoseNamed() {
    Family family = only(announced(ALICE, BOB), announced(BOB, CAROL), announced(CAROL, ALICE));

    assertThat(family.maintainersOf(ALICE.publicKey()))
        .containsExactlyElementsOf(keys(ALICE, BOB, CAROL));
  }

  @Test
  void beingNamedGivesNoSayOverTheOneWhoNames() {
    Family family = only(announced(MALLORY, ALICE), announced(ALICE));

    assertThat(family.maintainersOf(ALICE.publicKey())).containsExactlyElementsOf(keys(ALICE));
  }

  @Test
  void aChainEndsAtAMaintainerWhoAnnouncedNothing() {
    Family family = only(announced(ALICE, BOB));

    assertThat(family.owners()).containsExactlyElementsOf(keys(ALICE));
    assertThat(family.maintainersOf(BOB.publicKey())).containsExactlyElementsOf(keys(BOB));
  }

  @Test
  void announcementsThatNameTheSameKeyAreOneFamily() {
    List<Family> families = Families.of(List.of(announced(ALICE, CAROL), announced(BOB, CAROL)));

    assertThat(families).hasSize(1);
    assertThat(families.get(0).owners()).containsExactlyElementsOf(keys(ALICE, BOB));
    assertThat(families.get(0).maintainersOf(ALICE.publicKey()))
        .containsExactlyElementsOf(keys(ALICE, CAROL));
  }

  @Test
  void onlyTheNewestAnnouncementOfAnAuthorCounts() {
    Announcement then =
        Reading.announcement(
            ALICE.announcement("repo").maintainers(BOB).cloneUrls("https://old.example/x"));
    Announcement now = Reading.announcement(ALICE.announcement("repo").createdAt(2_000_000_000));

    for (List<Announcement> order : List.of(List.of(then, now), List.of(now, then))) {
      List<Family> families = Families.of(order);
      assertThat(families.get(0).maintainersOf(ALICE.publicKey()))
          .containsExactly(ALICE.publicKey());
      assertThat(families.get(0).cloneUrls()).isEmpty();
    }
  }

  @Test
  void urlsStandOnceInTheOrderOfOwnersAndThenOfTheirWishes() {
    Announcement one = withUrls(ALICE, BOB, "https://z.example/x", "https://a.example/x");
    Announcement other = withUrls(BOB, ALICE, "https://a.example/x", "https://m.example/x");
    boolean oneFirst = ALICE.publicKey().compareTo(BOB.publicKey()) < 0;

    assertThat(only(one, other).cloneUrls())
        .isEqualTo(only(other, one).cloneUrls())
        .extracting(url -> url.domain().name())
        .containsExactly(
            oneFirst
                ? new String[] {"z.example", "a.example", "m.example"}
                : new String[] {"a.example", "m.example", "z.example"});
  }

  @Test
  void theSmallestOwnerRepresentsTheFamily() {
    Family family = only(announced(ALICE, BOB), announced(BOB));

    assertThat(family.representative()).isEqualTo(keys(ALICE, BOB).get(0));
  }

  @Test
  void noAnnouncementsMakeNoFamily() {
    assertThat(Families.of(List.of())).isEmpty();
  }

  @Test
  void refusesToMixIdentifiers() {
    Announcement other = Reading.announcement(BOB.announcement("other"));

    assertThatThrownBy(() -> Families.of(List.of(announced(ALICE), other)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cannotBeChanged() {
    Family family = only(announced(ALICE, BOB));

    assertThatThrownBy(() -> family.announcements().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> family.owners().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Announcement announced(EventSigner owner, EventSigner... maintainers) {
    return Reading.announcement(owner.announcement("repo").maintainers(maintainers));
  }

  private static Announcement withUrls(EventSigner owner, EventSigner other, String... urls) {
    return Reading.announcement(owner.announcement("repo").maintainers(other).cloneUrls(urls));
  }

  private static Family only(Announcement... announcements) {
    List<Family> families = Families.of(List.of(announcements));
    assertThat(families).hasSize(1);
    return families.get(0);
  }

  private static List<PublicKey> keys(EventSigner... users) {
    return Stream.of(users).map(EventSigner::publicKey).sorted().toList();
  }
}
