package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.testkit.EventDraft;
import org.purgatory.sync.testkit.EventSigner;

class RepositoryStateTest {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);

  @Test
  void readsWhatNgitPublishes() {
    RepositoryState state =
        Reading.state(
            ALICE
                .event(30618)
                .tag("d", "purgatory")
                .tag("HEAD", "ref: refs/heads/main")
                .tag("refs/heads/main", ONE, "1111111", "2222222")
                .tag("refs/heads/feature/x", TWO)
                .tag("refs/tags/v1.0", TWO)
                .tag("refs/tags/v1.0^{}", ONE)
                .tag("alt", "git state"));

    assertThat(state.identifier().value()).isEqualTo("purgatory");
    assertThat(state.head()).contains(new RefName("refs/heads/main"));
    assertThat(state.objectRefs())
        .containsExactly(
            entry(new RefName("refs/heads/feature/x"), new Oid(TWO)),
            entry(new RefName("refs/heads/main"), new Oid(ONE)),
            entry(new RefName("refs/tags/v1.0"), new Oid(TWO)));
    assertThat(state.oids()).containsExactly(new Oid(ONE), new Oid(TWO));
  }

  @Test
  void withoutRefsTracksNothing() {
    RepositoryState state = Reading.state(state());

    assertThat(state.refs()).isEmpty();
    assertThat(state.head()).isEmpty();
    assertThat(state.oids()).isEmpty();
  }

  @Test
  void symbolicRefsExistButNameNoObject() {
    RepositoryState state =
        Reading.state(
            state().ref("refs/heads/alias", "ref: refs/heads/main").ref("refs/heads/main", ONE));

    assertThat(state.refs()).hasSize(2);
    assertThat(state.refs().get(new RefName("refs/heads/alias"))).isEqualTo(RefTarget.SYMBOLIC);
    assertThat(state.objectRefs()).hasSize(1);
    assertThat(state.oids()).hasSize(1);
  }

  @Test
  void otherTagsAreNotRefs() {
    RepositoryState state =
        Reading.state(
            state()
                .ref("refs/nostr/" + "a".repeat(64), ONE)
                .ref("refs/remotes/origin/main", ONE)
                .ref("refs/notes/commits", "junk")
                .ref("refs/heads", "junk")
                .ref("refs/heads/bad name^{}", "junk")
                .ref("main", "junk"));

    assertThat(state.refs()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HEAD",
        "main",
        "ref:refs/heads/main",
        "refs/heads/main",
        "1111111",
        "--upload-pack=id",
        "+refs/heads/evil:refs/heads/main",
        "0000000000000000000000000000000000000000"
      })
  void refusesTargetsThatAreNoObjects(String target) {
    Reading.refuses(state().ref("refs/heads/main", target), "object id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/", "refs/heads/../../config", "refs/heads/a b", "refs/heads/a:refs/heads/b",
        "refs/heads/a.lock", "refs/tags/^{}x", "refs/heads/*", "refs/heads/a\nb"
      })
  void refusesNamesThatAreNoRefs(String name) {
    Reading.refuses(state().ref(name, ONE), "a ref name must be");
  }

  @Test
  void refusesARefWithoutATarget() {
    Reading.refuses(state().tag("refs/heads/main"), "must have an object id");
  }

  @Test
  void refusesARefWithTwoTargets() {
    Reading.refuses(
        state().ref("refs/heads/a", ONE).ref("refs/heads/a", TWO), "must name each ref once");
    Reading.refuses(
        state().ref("refs/heads/a", ONE).ref("refs/heads/a", "ref: refs/heads/b"),
        "must name each ref once");
    assertThat(Reading.state(state().ref("refs/heads/a", ONE).ref("refs/heads/a", ONE)).refs())
        .hasSize(1);
  }

  @Test
  void refusesRefsThatGitCannotHoldTogether() {
    Reading.refuses(
        state().ref("refs/heads/a", ONE).ref("refs/heads/a-b", ONE).ref("refs/heads/a/b", ONE),
        "cannot stand below");
    Reading.refuses(
        state().ref("refs/tags/a/b/c", ONE).ref("refs/tags/a", TWO), "cannot stand below");
    Reading.state(state().ref("refs/heads/a", ONE).ref("refs/heads/ab/c", ONE));
    Reading.state(state().ref("refs/heads/a", ONE).ref("refs/tags/a/b", ONE));
    Reading.state(state().ref("refs/heads/a", "ref: refs/heads/c").ref("refs/heads/a/b", ONE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "refs/heads/main",
        "main",
        "ref: main",
        "ref: refs/tags/v1",
        "ref:refs/heads/main",
        "ref: refs/heads/",
        "ref: refs/heads/a b",
        "ref: refs/heads/../x",
        "ref: HEAD",
        "1111111111111111111111111111111111111111",
        "ref: refs/heads/main\n"
      })
  void refusesAHeadThatIsNoBranch(String head) {
    Reading.refuses(state().tag("HEAD", head), "");
  }

  @Test
  void mayPointHeadAtABranchThatIsNotThere() {
    assertThat(Reading.state(state().head("refs/heads/unborn")).head())
        .contains(new RefName("refs/heads/unborn"));
  }

  @Test
  void refusesTwoHeads() {
    Reading.refuses(state().head("refs/heads/a").head("refs/heads/b"), "at most one HEAD");
    Reading.state(state().head("refs/heads/a").head("refs/heads/a"));
  }

  @Test
  void boundsTheObjectsButNotTheRefsThatShareThem() {
    GitEvents events = new GitEvents(SignatureCheck.TRUSTING, new EventLimits(262_144, 1));
    EventDraft draft = state().ref("refs/heads/a", ONE).ref("refs/heads/b", ONE);

    events.read(draft.sign().json());
    String tooMany = draft.ref("refs/heads/c", TWO).sign().json();
    assertThatThrownBy(() -> events.read(tooMany))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("an event must name at most 1 objects, not 2");
  }

  private static EventDraft state() {
    return ALICE.state("repo");
  }
}
