package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.testkit.EventDraft;
import org.purgatory.sync.testkit.EventSigner;

class PullRequestTest {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final EventSigner CAROL = EventSigner.seeded("carol");
  private static final String TIP = "c".repeat(40);
  private static final String BASE = "b".repeat(40);

  @Test
  void readsAPullRequestAsNgitPublishesIt() {
    PullRequest request =
        Reading.pullRequest(
            CAROL
                .event(1618)
                .content("Please take this")
                .tag("a", "30617:" + ALICE.publicKey() + ":purgatory", "wss://relay.example")
                .tag("a", "30617:" + BOB.publicKey() + ":purgatory")
                .tag("r", "26689f97810fc656c7134c76e2a37d33b2e40ce7")
                .tag("p", ALICE.publicKey().hex())
                .tag("subject", "Fix the gate")
                .tag("t", "root")
                .tag("c", TIP)
                .tag("clone", "https://relay.example/carol/purgatory.git", "ssh://a.example/x")
                .tag("branch-name", "fix-gate")
                .tag("merge-base", BASE));

    assertThat(request.identifier().value()).isEqualTo("purgatory");
    assertThat(request.owners()).containsExactlyInAnyOrder(ALICE.publicKey(), BOB.publicKey());
    assertThat(request.tip()).hasToString(TIP);
    assertThat(request.oids()).containsExactly(new Oid(TIP));
    assertThat(request.cloneUrls())
        .extracting(CloneUrl::value)
        .containsExactly("https://relay.example/carol/purgatory.git");
    assertThat(request.unusableUrls()).hasSize(1);
  }

  @Test
  void readsAnUpdateAsNgitPublishesIt() {
    PullRequest update =
        Reading.pullRequest(
            CAROL
                .event(1619)
                .tag("a", "30617:" + ALICE.publicKey() + ":purgatory")
                .tag("p", ALICE.publicKey().hex())
                .tag("E", "e".repeat(64))
                .tag("P", CAROL.publicKey().hex())
                .tag("c", TIP)
                .tag("clone", "https://relay.example/carol/purgatory.git")
                .tag("merge-base", BASE));

    assertThat(update.tip()).hasToString(TIP);
    assertThat(update.owners()).containsExactly(ALICE.publicKey());
  }

  @Test
  void readsAPatchThatNamesItsCommit() {
    EventDraft patch =
        CAROL
            .event(1617)
            .content("From cccccccccccccccccccccccccccccccccccccccc Mon Sep 17 00:00:00 2001\n")
            .to(ALICE, "purgatory")
            .tag("t", "root")
            .tag("commit", TIP)
            .tag("parent-commit", BASE)
            .tag("commit-pgp-sig", "")
            .tag("committer", "Carol", "carol@example.org", "1750000000", "0");

    Reading.refuses(patch, "a patch without a c tag waits for no git data");
    assertThat(Reading.pullRequest(patch.tag("c", TIP)).tip()).hasToString(TIP);
  }

  @Test
  void keepsColonsAndSpacesOfTheIdentifier() {
    PullRequest request = Reading.pullRequest(CAROL.pullRequest(TIP).to(ALICE, "my 🚀: a:b"));

    assertThat(request.identifier().value()).isEqualTo("my 🚀: a:b");
  }

  @Test
  void passesOverAddressesOfOtherKinds() {
    PullRequest request =
        Reading.pullRequest(
            CAROL
                .pullRequest(TIP)
                .tag("a")
                .tag("a", "30023:" + BOB.publicKey() + ":article")
                .tag("a", "junk")
                .to(ALICE, "repo"));

    assertThat(request.owners()).containsExactly(ALICE.publicKey());
  }

  @Test
  void takesARelayHintForNoAddress() {
    PullRequest request =
        Reading.pullRequest(
            CAROL
                .pullRequest(TIP)
                .tag(
                    "a",
                    "30617:" + ALICE.publicKey() + ":repo",
                    "30617:" + BOB.publicKey() + ":repo"));

    assertThat(request.owners()).containsExactly(ALICE.publicKey());
  }

  @Test
  void refusesMalformedRepositoryAddresses() {
    Reading.refuses(
        CAROL.pullRequest(TIP).to(ALICE, "repo").tag("a", "30617:x:repo"), "public key");
    Reading.refuses(CAROL.pullRequest(TIP).to(ALICE, ""), "must not be empty");
    Reading.refuses(CAROL.pullRequest(TIP).to(ALICE, "../x"), "slash");
  }

  @Test
  void needsARepository() {
    Reading.refuses(CAROL.pullRequest(TIP), "must have an a tag 30617:<owner>:<identifier>");
  }

  @Test
  void belongsToOneIdentifier() {
    Reading.refuses(
        CAROL.pullRequest(TIP).to(ALICE, "one").to(BOB, "two"),
        "must have the same identifier, not \"one\" and \"two\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HEAD",
        "main",
        "refs/heads/main",
        "--upload-pack=touch /tmp/x",
        "-c",
        "+refs/heads/evil:refs/heads/main",
        "ccccccc",
        "0000000000000000000000000000000000000000",
        "cccccccccccccccccccccccccccccccccccccccc:refs/heads/main",
        "cccccccccccccccccccccccccccccccccccccccc\nrefs/heads/main"
      })
  void refusesATipThatIsNoObjectId(String tip) {
    Reading.refuses(CAROL.pullRequest(tip).to(ALICE, "repo"), "object id");
  }

  @Test
  void hasExactlyOneTip() {
    Reading.refuses(CAROL.event(1618).to(ALICE, "repo"), "must have a c tag");
    Reading.refuses(CAROL.event(1619).tag("c").to(ALICE, "repo"), "must have a c tag");
    Reading.refuses(
        CAROL.pullRequest(TIP).tag("c", BASE).to(ALICE, "repo"), "must have one tip commit");
    Reading.pullRequest(CAROL.pullRequest(TIP).tag("c", TIP, "hint").to(ALICE, "repo"));
  }
}
