package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Fixture.BOB;
import static org.purgatory.sync.git.Fixture.oids;

import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;

/** Who has which objects, and who may use them. */
class SharedObjectsIT extends TransferStage {

  @Test
  void theQuarantineServesAllOwnersOfTheFamily() throws Throwable {
    String main = theirs.write().commits("main", 10);
    bring(main);
    WantedRefs wanted = wanted(state(null, "refs/heads/main", main));

    apply(wanted);
    fixture.apply(family, BOB, wanted);

    assertWhole(alices, main);
    assertWhole(bobs, main);
    assertThat(server.traffic().fetchesStarted()).isEqualTo(1);
  }

  @Test
  void objectsOfOneOwnerServeTheOther() throws Throwable {
    String main = theirs.write().commits("main", 10);
    theirs.push(bobs, "main");
    assertThat(fixture.missing(family, main)).isEmpty();

    apply(wanted(state(null, "refs/heads/main", main)));

    assertWhole(alices, main);
  }

  @Test
  void strangersQuarantinesAreNotShared() throws Throwable {
    String main = theirs.write().commits("main", 10);
    fixture.fetch(server.url("theirs.git"), fixture.family(BOB), main);

    assertThat(fixture.missing(fixture.family(BOB), main)).isEmpty();
    assertThat(fixture.missing(fixture.family(ALICE), main)).isEqualTo(oids(main));
  }

  @Test
  void anObjectWithoutItsHistoryIsMissing() {
    String main = theirs.write().commits("main", 10);
    String side = theirs.write().commits("side", 2);
    theirs.copyObjects(alices, main);
    theirs.copyHistory(bobs, side);

    assertThat(alices.has(main)).isTrue();
    assertThat(fixture.missing(family, main, side)).isEqualTo(oids(main));
  }

  @Test
  void anObjectWithoutItsHistoryIsFetchedWhole() throws Throwable {
    String main = theirs.write().commits("main", 10);
    theirs.copyObjects(alices, main);

    bring(main);
    assertThat(fixture.missing(family, main)).isEmpty();
    apply(wanted(state(null, "refs/heads/main", main)));

    assertWhole(alices, main);
  }

  @Test
  void whatTheRelayThrewAwayIsMissingAgain() throws Throwable {
    String main = theirs.write().commits("main", 10);
    theirs.push(bobs, "main");
    String tip = theirs.write().commits("main", 1);
    bring(tip);
    bobs.deleteRef("refs/heads/main");
    bobs.prune();
    WantedRefs wanted = wanted(state(null, "refs/heads/main", tip));

    assertThatThrownBy(() -> apply(wanted)).isInstanceOf(RepositoryException.class);
    assertThat(fixture.missing(family, tip)).isEqualTo(oids(tip));

    bring(tip);
    apply(wanted);
    assertWhole(alices, tip, main);
  }
}
