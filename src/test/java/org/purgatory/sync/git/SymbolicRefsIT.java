package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.RepositoryChange;

/** Refs that lead to other refs. */
class SymbolicRefsIT extends TransferStage {

  @Test
  void symbolicRefsOfTheStateAreProtectedAndOthersAreNot() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");
    alices.git().run("symbolic-ref", "refs/heads/alias", "refs/heads/main");
    alices.git().run("symbolic-ref", "refs/heads/other", "refs/heads/main");
    alices.git().run("symbolic-ref", "refs/heads/plain", "refs/heads/main");

    apply(
        wanted(
            state(
                null,
                "refs/heads/main",
                main,
                "refs/heads/alias",
                "ref: refs/heads/main",
                "refs/heads/plain",
                main)));

    assertThat(alices.refs())
        .containsOnlyKeys("refs/heads/alias", "refs/heads/main", "refs/heads/plain");
    assertThat(alices.git().run("symbolic-ref", "refs/heads/alias")).isEqualTo("refs/heads/main");
    assertThat(alices.git().attempt("symbolic-ref", "refs/heads/plain").ok()).isFalse();
  }

  @Test
  void symbolicRefsThatGoAreToldWithWhatTheyLedTo() throws Throwable {
    String main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");
    alices.git().run("symbolic-ref", "refs/heads/gone", "refs/heads/main");
    alices.git().run("symbolic-ref", "refs/heads/nowhere", "refs/heads/none");
    alices.git().run("symbolic-ref", "refs/heads/plain", "refs/heads/main");

    RepositoryChange change =
        apply(wanted(state(null, "refs/heads/main", main, "refs/heads/plain", main)));

    Optional<Oid> oid = Optional.of(new Oid(main));
    assertThat(change.refs())
        .containsExactly(
            new RefChange(new RefName("refs/heads/gone"), oid, Optional.empty()),
            new RefChange(new RefName("refs/heads/plain"), oid, oid));
    assertThat(alices.refs()).containsOnlyKeys("refs/heads/main", "refs/heads/plain");
  }

  @Test
  void aPushThatMakesASymbolicRefAnOrdinaryOneMeanwhileIsSeen() throws Throwable {
    String main = theirs.write().commits("main", 3);
    String side = theirs.write().commits("side", 3);
    theirs.push(alices, "main", "side:refs/notes/side");
    alices.git().run("symbolic-ref", "refs/heads/other", "refs/heads/main");
    AtomicInteger asked = new AtomicInteger();

    RepositoryChange change =
        fixture.apply(
            family,
            ALICE,
            wanted(state(null, "refs/heads/main", main)),
            () -> {
              if (asked.incrementAndGet() == 1) {
                alices.git().run("symbolic-ref", "-d", "refs/heads/other");
                alices.updateRef("refs/heads/other", side);
              }
              return completedFuture(true);
            });

    assertThat(change.refs())
        .containsExactly(
            new RefChange(
                new RefName("refs/heads/other"), Optional.of(new Oid(side)), Optional.empty()));
  }
}
