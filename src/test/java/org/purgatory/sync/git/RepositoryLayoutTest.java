package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Fixture.ALICE;

import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.RepositoryIdentifier;

class RepositoryLayoutTest {

  private static final RepositoryIdentifier ODD = new RepositoryIdentifier("my 🚀 repo: {npub}");

  @Test
  void ownersAreNamedByTheirNpub() {
    assertThat(RepositoryLayout.parse("{npub}/{identifier}.git").path(ALICE, ODD))
        .isEqualTo(ALICE.npub() + "/my 🚀 repo: {npub}.git");
  }

  @Test
  void ownersAreNamedByTheirKeyInHex() {
    assertThat(RepositoryLayout.parse("{pubkey}/{identifier}.git").path(ALICE, ODD))
        .isEqualTo("a".repeat(64) + "/my 🚀 repo: {npub}.git");
  }

  @Test
  void otherPatternsAreRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> RepositoryLayout.parse("../{npub}/{identifier}.git"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "purgatory.git.repository-layout must be {npub}/{identifier}.git or"
                + " {pubkey}/{identifier}.git, not \"../{npub}/{identifier}.git\"");
  }
}
