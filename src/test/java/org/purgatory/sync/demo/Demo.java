package org.purgatory.sync.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.ResultWatch;
import org.purgatory.sync.testkit.SignedEvent;
import org.purgatory.sync.v1.EnqueueSyncResponse;
import org.purgatory.sync.v1.RefChange;
import org.purgatory.sync.v1.RepositoryChange;
import org.purgatory.sync.v1.SyncResult;

/**
 * Plays a relay: Alice announces a repository and its state, Bob opens a pull request, and none of
 * their git data is here yet. Everything is real: the packaged sidecar in a process of its own, git
 * over HTTP, signed events.
 */
public final class Demo {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final EventSigner ALICE = EventSigner.seeded("alice");
  private static final EventSigner BOB = EventSigner.seeded("bob");
  private static final String REPO = "lighthouse";
  private static final String FORK = "bobs-lighthouse";

  private final RelayStage stage;
  private final BareRepository hosted;

  private Demo(RelayStage stage) {
    this.stage = stage;
    this.hosted = stage.host(ALICE, REPO);
  }

  /** Runs the demonstration. Fails if an event is not satisfied. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("purgatory-demo");
    say("Starting a git server and the sidecar …");
    try (RelayStage stage = RelayStage.in(directory, sidecar -> sidecar)) {
      say(
          "sidecar  gRPC %s, %s"
              .formatted(stage.sidecar().grpcAddress(), stage.sidecar().managementUrl()));
      new Demo(stage).play();
    } finally {
      delete(directory);
    }
  }

  private void play() {
    BareRepository origin = stage.remote(REPO);
    String main = origin.write().commits("main", 12);
    String tag = origin.write().tag("v1.0", main, "First light");
    String topic = stage.remote(FORK).write().commits("brighter", 3);
    say(
        "git      %s has main at %s and the tag v1.0"
            .formatted(stage.url(REPO), abbreviated(main)));
    say("git      %s has brighter at %s".formatted(stage.url(FORK), abbreviated(topic)));
    say("relay    hosts an empty repository, %s".formatted(hosted.path().getFileName()));

    SignedEvent announcement = ALICE.announcement(REPO).cloneUrls(stage.url(REPO)).sign();
    SignedEvent state =
        ALICE
            .state(REPO)
            .ref("refs/heads/main", main)
            .ref("refs/tags/v1.0", tag)
            .head("refs/heads/main")
            .sign();
    SignedEvent request = BOB.pullRequest(topic).to(ALICE, REPO).cloneUrls(stage.url(FORK)).sign();

    try (ResultWatch watch = stage.relay().watch()) {
      say("relay    EnqueueSync: an announcement, a state and a pull request wait for git data");
      EnqueueSyncResponse response =
          stage.relay().enqueue(500, List.of(announcement, state, request), List.of());
      response
          .getEventsList()
          .forEach(e -> say("sidecar  %s %s".formatted(e.getEventId(), word(e.getState()))));
      watch.awaitSatisfied(PATIENCE, announcement);
      watch.awaitSatisfied(PATIENCE, state);
      watch.awaitSatisfied(PATIENCE, request);
      watch.results().forEach(Demo::show);
    }
    say("git      fsck: " + (hosted.fsck().ok() ? "sound and complete" : hosted.fsck().output()));
    say("git      HEAD " + hosted.head());
    hosted.refs().forEach((name, oid) -> say("git      %s %s".formatted(oid, name)));
  }

  private static void show(SyncResult result) {
    result.getSourceUrlsList().forEach(url -> say("sidecar  fetched from " + url));
    for (RepositoryChange repository : result.getRepositoriesList()) {
      for (RefChange ref : repository.getRefsList()) {
        say("sidecar  %s now at %s".formatted(ref.getName(), abbreviated(ref.getNewOid())));
      }
    }
    result.getEventIdsList().forEach(id -> say("satisfied " + id));
  }

  private static String word(Enum<?> state) {
    return state.name().replace("PENDING_EVENT_STATE_", "").toLowerCase(Locale.ROOT);
  }

  private static String abbreviated(String oid) {
    return oid.substring(0, 10);
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
