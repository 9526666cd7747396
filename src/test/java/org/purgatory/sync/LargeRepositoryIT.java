package org.purgatory.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.Git;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;

/** What is larger than the heap comes all the same, by one fetch. */
class LargeRepositoryIT {

  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final String HEAP = "96m";
  private static final int MEGABYTE = 1 << 20;
  private static final int COMMITS = 110;
  private static final int FILE_MEGABYTES = 110;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path directory;
  private RelayStage stage;
  private BareRepository remote;

  @BeforeEach
  void start() {
    stage = RelayStage.in(directory, sidecar -> sidecar.heap(HEAP));
    remote = stage.remote("large");
    // Random bytes get no smaller, and git would look long for a way.
    remote.git().run("config", "core.compression", "0");
    remote.git().run("config", "core.bigFileThreshold", "512k");
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aHistoryIsFetchedAndCopiedToWhomOnlyAPartOfThePackConcerns() {
    String tip = remote.write().incompressible("main", COMMITS, MEGABYTE);
    String topic = remote.write().commits("topic", 1);
    BareRepository alices = stage.host(ALICE, "large");
    BareRepository bobs = stage.host(BOB, "large");
    SignedEvent state = BOB.state("large").ref("refs/heads/main", tip).sign();
    SignedEvent request = BOB.pullRequest(topic).to(ALICE, "large").sign();
    SignedEvent alicesAnnouncement =
        ALICE.announcement("large").cloneUrls(stage.url("large")).maintainers(BOB).sign();

    fetch(List.of(state, request), List.of(alicesAnnouncement, BOB.announcement("large").sign()));

    requireWhole(alices, tip);
    requireWhole(bobs, tip);
    assertThat(alices.has(topic)).isTrue();
    assertThat(bobs.has(topic)).isFalse();
  }

  @Test
  void oneFileIsFetched() throws IOException {
    String tip = commitFile(remote.git());
    remote.updateRef("refs/heads/main", tip);
    BareRepository hosted = stage.host(ALICE, "large");
    SignedEvent state = ALICE.state("large").ref("refs/heads/main", tip).sign();

    fetch(
        List.of(state), List.of(ALICE.announcement("large").cloneUrls(stage.url("large")).sign()));

    requireWhole(hosted, tip);
  }

  private void fetch(List<SignedEvent> pending, List<SignedEvent> known) {
    try (ResultWatch watch = stage.relay().watch()) {
      stage.relay().enqueue(0, pending, known);
      pending.forEach(event -> watch.awaitSatisfied(LONG, event));
    }
    assertThat(stage.server().traffic().fetchesStarted()).isEqualTo(1);
  }

  private static void requireWhole(BareRepository repository, String tip) {
    assertThat(repository.refs()).containsEntry("refs/heads/main", tip);
    assertThat(repository.fsck().ok()).isTrue();
  }

  private String commitFile(Git git) throws IOException {
    Path file = directory.resolve("file");
    Random random = new Random(1);
    byte[] piece = new byte[MEGABYTE];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < FILE_MEGABYTES; i++) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
    String blob = git.run("hash-object", "-w", file.toString());
    byte[] entry = ("100644 blob " + blob + "\tfile\n").getBytes(StandardCharsets.UTF_8);
    String tree = git.run(entry, "mktree").stdout();
    git.run("config", "user.name", "Purgatory Test");
    git.run("config", "user.email", "test@purgatory.example");
    return git.run("commit-tree", "-m", "A large file", tree);
  }
}
