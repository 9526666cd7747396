package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.Gate;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** Names that lead into the network here. Of it only 127.0.0.1 is open; 127.0.0.2 is the victim. */
class GuardIT {

  private static final String HOST = "git.example";
  private static final Failed REFUSED = new Failed(FetchFailure.REFUSED, "refused");

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private final List<String> asked = new ArrayList<>();
  private List<List<String>> answers;
  private Fixture fixture;
  private BareRepository theirs;
  private GitHttpServer server;
  private GitHttpServer victim;

  @BeforeEach
  void start() throws Exception {
    GitSettings settings =
        Fixture.settings(
            volume,
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            FetchCaps.defaults(),
            List.of(IpNetwork.parse("127.0.0.1/32")));
    fixture = new Fixture(settings, "project", new FixedNames(this::next), SSLContext.getDefault());
    fixture.host(ALICE);
    theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    server = GitHttpServer.serving(elsewhere);
    victim = GitHttpServer.serving(elsewhere, "127.0.0.2");
  }

  @AfterEach
  void stop() {
    assertThat(victim.traffic().requests()).isZero();
    server.close();
    victim.close();
    fixture.close();
  }

  /** Answers one after another; the last one stays. */
  private InetAddress[] next(String host) throws UnknownHostException {
    List<String> answer = answers.get(Math.min(asked.size(), answers.size() - 1));
    asked.add(host);
    InetAddress[] addresses = new InetAddress[answer.size()];
    for (int i = 0; i < answer.size(); i++) {
      addresses[i] = InetAddress.getByName(answer.get(i));
    }
    return addresses;
  }

  @Test
  void nameIsResolvedOnceForItsConnectionHoweverItChanges() throws Exception {
    answers = List.of(List.of("127.0.0.1"), List.of("127.0.0.2"));
    try (Gate gate = Gate.before(server.port())) {
      assertThat(fetch(HOST, gate.port())).isInstanceOf(Fetched.class);
      assertThat(fetch(HOST, gate.port())).isInstanceOf(Fetched.class);

      assertThat(gate.connections()).isEqualTo(1);
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void nextConnectionIsCheckedAnew() throws Exception {
    answers = List.of(List.of("127.0.0.1"), List.of("127.0.0.2"));
    try (Gate gate = Gate.before(server.port())) {
      assertThat(fetch(HOST, gate.port())).isInstanceOf(Fetched.class);
      gate.closeConnections();

      assertThat(fetch(HOST, victim.port())).isEqualTo(REFUSED);
      assertThat(fetch(HOST, gate.port())).isEqualTo(REFUSED);
    }
  }

  @Test
  void redirectWithinTheHostIsCheckedAnew() throws Exception {
    answers = List.of(List.of("127.0.0.1"), List.of("127.0.0.2"));
    server.redirectTo("http://" + HOST + ":" + victim.port());

    assertThat(fetch(HOST, server.port())).isEqualTo(REFUSED);
    assertThat(asked).hasSize(2);
  }

  @Test
  void nameWithOneBadAddressIsNotConnectedToAtAll() throws Exception {
    answers = List.of(List.of("127.0.0.1", "127.0.0.2"));

    assertThat(fetch(HOST, server.port())).isEqualTo(REFUSED);
    assertThat(server.traffic().requests()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2", "[::1]", "10.0.0.1", "[fd00:ec2::254]", "169.254.169.254"})
  void addressInTheUrlIsCheckedAsWell(String address) throws Exception {
    answers = List.of(List.of(address));

    assertThat(fetch(address, victim.port())).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.2",
        "127.2",
        "0x7f000002",
        "2130706434",
        "0177.0.0.2",
        "[::ffff:127.0.0.2]",
        "10.0.0.1",
        "[::1]",
        "localhost",
        "127.0.0.1%2f@127.0.0.2",
      })
  void redirectToAnAddressHereIsNotFollowed(String address) throws Exception {
    answers = List.of(List.of("127.0.0.1"));
    server.redirectTo("http://" + address + ":" + victim.port());

    assertThat(((Failed) fetch(HOST, server.port())).failure())
        .isIn(FetchFailure.REFUSED, FetchFailure.PROTOCOL);
    assertThat(asked).hasSize(1);
  }

  private FetchResult fetch(String host, int port) throws Exception {
    String tip = theirs.write().commits("main", 1);
    String url = "http://" + host + ":" + port + "/theirs.git";
    return fixture.fetch(url, fixture.family(ALICE), tip);
  }
}
