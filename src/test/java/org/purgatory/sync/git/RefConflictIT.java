package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Events.STATE_ID;
import static org.purgatory.sync.git.Events.pullRequest;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;

/** Refs that are in the way of what events want. */
class RefConflictIT extends TransferStage {

  private static final String REQUEST = "7".repeat(64);

  @Test
  void lockedRefsAreAMessageForTheOperator() throws Throwable {
    String main = theirs.write().commits("main", 3);
    bring(main);
    Files.createFile(alices.path().resolve("packed-refs.lock"));
    Files.createDirectories(alices.path().resolve("refs/heads"));
    Files.createFile(alices.path().resolve("refs/heads/main.lock"));

    assertThatThrownBy(() -> apply(wanted(state(null, "refs/heads/main", main))))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining(ALICE.npub())
        .hasMessageContaining("*.lock");
  }

  @Test
  void pushesAndRepacksMeanwhileLoseNothing() throws Throwable {
    String main = theirs.write().commits("main", 30);
    String side = theirs.write().commits("side", 30);
    bring(main, side);
    ExecutorService relay = Executors.newSingleThreadExecutor();
    try {
      Future<?> pushes =
          relay.submit(
              () -> {
                for (int i = 0; i < 12; i++) {
                  theirs.push(alices, "+main:refs/nostr/" + i);
                  // These two may find a lock held, as among users.
                  theirs.git().attempt("push", alices.path().toString(), "+main:refs/heads/main");
                  alices.git().attempt("-c", "gc.reflogExpire=now", "gc", "--quiet");
                }
              });
      while (!pushes.isDone()) {
        apply(wanted(state(null, "refs/heads/main", main, "refs/heads/a", side)));
        apply(wanted(state(null, "refs/heads/main", side, "refs/heads/b", main)));
      }
      pushes.get();
    } finally {
      relay.shutdownNow();
    }
    apply(wanted(state(null, "refs/heads/main", side)));

    assertThat(alices.refs()).hasSize(13).containsEntry("refs/heads/main", side);
    assertWhole(alices, main, side);
  }

  @Test
  void anEventThatCanNeverBeAppliedHoldsUpNoOther() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main", "main:refs/nostr/" + REQUEST + "/x");
    String other = "8".repeat(64);
    WantedRefs wanted =
        new WantedRefs(
            Optional.of(state(null, "refs/heads/b", main)),
            false,
            List.of(pullRequest(REQUEST, main), pullRequest(other, main)));

    assertThatThrownBy(() -> apply(wanted))
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> {
              assertThat(e.refused()).containsExactly(new EventId(REQUEST));
              assertThat(e.soFar().orElseThrow().refs()).hasSize(3);
            })
        .hasMessageContaining("cannot exist in one repository");

    assertThat(alices.refs())
        .containsOnlyKeys("refs/heads/b", "refs/nostr/" + other, "refs/nostr/" + REQUEST + "/x");
  }

  @Test
  void aStateThatCanNeverBeAppliedHoldsUpNoPullRequest() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");
    alices.git().run("symbolic-ref", "refs/heads/a", "refs/heads/main");
    WantedRefs wanted =
        new WantedRefs(
            Optional.of(
                state(null, "refs/heads/a", "ref: refs/heads/main", "refs/heads/a/b", main)),
            false,
            List.of(pullRequest(REQUEST, main)));

    assertThatThrownBy(() -> apply(wanted))
        .isInstanceOfSatisfying(
            RepositoryException.class,
            e -> assertThat(e.refused()).containsExactly(new EventId(STATE_ID)));

    assertThat(alices.refs())
        .containsOnlyKeys("refs/heads/a", "refs/heads/main", "refs/nostr/" + REQUEST);
  }

  @Test
  void aLockThatIsHeldForAMomentCostsAnotherTry() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(bobs, "main");
    Path lock = alices.path().resolve("refs/heads/main.lock");
    Files.createDirectories(lock.getParent());
    AtomicInteger asked = new AtomicInteger();

    fixture.apply(
        family,
        ALICE,
        wanted(state(null, "refs/heads/main", main)),
        () -> {
          try {
            if (asked.incrementAndGet() == 1) {
              Files.createFile(lock);
            } else {
              Files.deleteIfExists(lock);
            }
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          return completedFuture(true);
        });

    assertThat(asked).hasValue(2);
    assertWhole(alices, main);
  }

  @Test
  void aServedStateGivesWayToAPushMeanwhile() throws Throwable {
    String main = theirs.write().commits("main", 3);
    String side = theirs.write().commits("side", 3);
    theirs.push(bobs, "main");
    theirs.push(alices, "side:refs/notes/side");
    WantedRefs wanted =
        new WantedRefs(
            Optional.of(state(null, "refs/heads/main", main)),
            true,
            List.of(pullRequest(REQUEST, main)));

    fixture.apply(
        family,
        ALICE,
        wanted,
        () -> {
          alices.updateRef("refs/heads/main", side);
          return completedFuture(true);
        });

    assertThat(alices.refs())
        .containsEntry("refs/heads/main", side)
        .containsEntry("refs/nostr/" + REQUEST, main);
  }

  @Test
  void aServedStateIsTriedAgainAfterALock() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(bobs, "main");
    WantedRefs wanted =
        new WantedRefs(Optional.of(state(null, "refs/heads/main", main)), true, List.of());
    Path lock = alices.path().resolve("refs/heads/main.lock");
    Files.createDirectories(lock.getParent());
    Files.createFile(lock);
    assertThatThrownBy(() -> apply(wanted)).isInstanceOf(RepositoryException.class);

    Files.delete(lock);
    apply(wanted);

    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
  }
}
