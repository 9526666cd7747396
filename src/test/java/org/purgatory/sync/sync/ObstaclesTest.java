package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.sync.SampleWork.work;
import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;

class ObstaclesTest {

  private static final PublicKey ALICE = user(1);
  private static final PublicKey BOB = user(2);
  private static final GitEvent ALICES = announcement(101, ALICE, "r", "https://a.example/r");
  private static final GitEvent STATE = state(1, ALICE, "r", oid(1));
  private static final Map<PublicKey, HostedRepository> HERE =
      Map.of(ALICE, HostedRepository.usable(false));
  private static final UrlPolicy ANY = new UrlPolicy(Set.of(), true);

  @Test
  void thereAreNoneWhereEverythingIsInPlace() {
    assertThat(tell(HERE, ANY, List.of(STATE), ALICES)).isEmpty();
  }

  @Test
  void anEventOfWhichNobodyAnnouncedARepositoryIsNamed() {
    assertThat(tell(HERE, ANY, List.of(STATE)))
        .containsExactly(
            "state "
                + STATE.id()
                + " of "
                + ALICE.npub()
                + ": no known announcement has its author for an owner or a maintainer");
    GitEvent request = pullRequest(2, ALICE, BOB, "r", oid(1));
    assertThat(tell(HERE, ANY, List.of(request), ALICES))
        .containsExactly(
            "pull request "
                + request.id()
                + ": no announcement of a repository that it is for is known");
  }

  @Test
  void aRepositoryThatIsNotHereIsNamedWithWhatToDo() {
    assertThat(tell(Map.of(), ANY, List.of(ALICES, STATE)))
        .containsExactly(
            "announcement "
                + ALICES.id()
                + " and 1 more: not on this volume: "
                + ALICE
                + ".git: create the repository, or set purgatory.git.create-missing");
  }

  @Test
  void aRepositoryThatCannotBeOpenedIsNamed() {
    Map<PublicKey, HostedRepository> broken = Map.of(ALICE, HostedRepository.broken("a.git: odd"));
    assertThat(tell(broken, ANY, List.of(STATE), ALICES))
        .containsExactly("state " + STATE.id() + ": a.git: odd");
  }

  @Test
  void objectsOfTheOtherFormatAreNamed() {
    GitEvent state = state(1, ALICE, "r", new Oid("1".repeat(64)));
    assertThat(tell(HERE, ANY, List.of(state), ALICES))
        .containsExactly(
            "state " + state.id() + ": it names SHA-256 objects, which are not supported");
  }

  @Test
  void urlsThatAreLeftOutAreNamedWithoutTheirCredentials() {
    GitEvent announced =
        announcement(
            101,
            ALICE,
            "r",
            "https://alice:secret@a.example/r",
            "ssh://git@a.example/r",
            "https://own.example/r",
            "http://plain.example/r",
            "https://good.example/r");
    List<String> told =
        tell(
            HERE,
            new UrlPolicy(Set.of(new Domain("own.example")), false),
            List.of(STATE),
            announced);
    String announcement = "announcement " + announced.id() + ": ";
    assertThat(told)
        .containsExactlyInAnyOrder(
            announcement
                + "a clone URL is left out: a clone URL must name a host, and no user or password",
            announcement
                + "a clone URL is left out: only http and https clone URLs can be used here",
            announcement
                + "\"https://own.example/r\" is left out:"
                + " its host is one of purgatory.git.own-domains",
            announcement
                + "\"http://plain.example/r\" is left out: purgatory.git.allow-http is false")
        .noneMatch(line -> line.contains("secret"));
  }

  @Test
  void urlsOfPullRequestsAreToldToo() {
    GitEvent request = pullRequest(2, BOB, ALICE, "r", oid(1), "git://b.example/r");
    assertThat(tell(HERE, ANY, List.of(request), ALICES))
        .containsExactly(
            "pull request "
                + request.id()
                + ": a clone URL is left out: only http and https clone URLs can be used here");
  }

  @Test
  void nowhereToFetchFromIsSaid() {
    assertThat(tell(HERE, ANY, List.of(STATE), announcement(101, ALICE, "r")))
        .containsExactly(
            "\"r\": no announcement or pull request lists a clone URL that can be used here");
  }

  @Test
  void strangersCannotMakeThemEndless() {
    String[] urls =
        IntStream.range(0, 90).mapToObj(i -> "http://h" + i + ".example/r").toArray(String[]::new);
    List<String> told =
        tell(
            HERE,
            new UrlPolicy(Set.of(), false),
            List.of(STATE),
            announcement(101, ALICE, "r", urls));
    assertThat(told).hasSize(50).last().isEqualTo("and 42 more");
  }

  @Test
  void strangersWhoJoinAFamilyDoNotHideItsOwn() {
    PublicKey last = user(9);
    String[] urls =
        IntStream.range(0, 90).mapToObj(i -> "http://h" + i + ".example/r").toArray(String[]::new);
    List<String> told =
        tell(
            Map.of(last, HostedRepository.usable(false)),
            new UrlPolicy(Set.of(), false),
            List.of(state(1, last, "r", oid(1))),
            announcement(101, ALICE, "r", Set.of(last), urls),
            announcement(102, last, "r", "http://mine.example/r"));
    assertThat(told.get(0)).contains("http://mine.example/r");
  }

  private static List<String> tell(
      Map<PublicKey, HostedRepository> hosted,
      UrlPolicy policy,
      List<GitEvent> pending,
      GitEvent... known) {
    Work work = work(pending, List.of(known));
    return new Survey(work, hosted, WorkPlanner.plan(work, hosted), Map.of())
        .problems(policy, owner -> owner + ".git");
  }
}
