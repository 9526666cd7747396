package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.BOB;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;

class LayoutIT {

  private static final RepositoryIdentifier IDENTIFIER = new RepositoryIdentifier("a: b 🚀");

  @TempDir Path volume;

  @ParameterizedTest
  @CsvSource({"NPUB, false", "NPUB, true", "PUBKEY, false", "PUBKEY, true"})
  void repositoriesAreFoundFilledAndMadeWhereTheRelayHasThem(
      RepositoryLayout layout, boolean createMissing) {
    String alicesPath = (layout == RepositoryLayout.NPUB ? ALICE.npub() : ALICE.hex()) + "/a: b 🚀";
    GitWorkshop relay = GitWorkshop.in(volume);
    BareRepository bobs = relay.bare(layout.path(BOB, IDENTIFIER));
    String main = bobs.write().commits("main", 3);
    if (!createMissing) {
      relay.bare(alicesPath + ".git");
    }
    GitSettings settings =
        new GitSettings(
            volume,
            layout,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            FetchCaps.defaults(),
            List.of(),
            4,
            createMissing);
    Clock clock = Clock.systemUTC();
    try (Quarantines quarantines = new Quarantines(settings, clock)) {
      JGitRepositories repositories =
          new JGitRepositories(settings, quarantines, Runnable::run, clock);
      FamilyRepositories family =
          new FamilyRepositories(IDENTIFIER, new TreeSet<>(Set.of(ALICE, BOB)));
      assertThat(repositories.hosted(IDENTIFIER, Set.of(ALICE, BOB)))
          .isCompletedWithValue(
              Map.of(ALICE, HostedRepository.usable(false), BOB, HostedRepository.usable(true)));
      assertThat(repositories.missing(family, Set.of(new Oid(main))))
          .isCompletedWithValue(Set.of());

      RepositoryChange change = apply(repositories, family, ALICE, main);

      assertThat(change.path())
          .isEqualTo(alicesPath + ".git")
          .isEqualTo(repositories.path(IDENTIFIER, ALICE));
      BareRepository alices = BareRepository.at(volume.resolve(alicesPath + ".git"));
      assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
      assertThat(alices.fsck().ok()).isTrue();
    }
  }

  private static RepositoryChange apply(
      JGitRepositories repositories, FamilyRepositories family, PublicKey owner, String main) {
    return repositories
        .apply(
            family,
            owner,
            wanted(state(null, "refs/heads/main", main)),
            () -> completedFuture(true))
        .toCompletableFuture()
        .join();
  }
}
