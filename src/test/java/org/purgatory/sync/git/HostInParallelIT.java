package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.WantedRefs;

/** The relay's own git works in a repository at the same time, and is not gentle. */
class HostInParallelIT extends TransferStage {

  private static final int ROUNDS = 25;

  private final ExecutorService relay = Executors.newSingleThreadExecutor();
  private final Map<String, String> pushed = new TreeMap<>();

  @AfterEach
  void end() {
    relay.shutdownNow();
  }

  @Test
  void nothingIsLostAndNothingIsLeftBehind() throws Throwable {
    String main = theirs.write().commits("main", 30);
    String side = theirs.write().commits("side", 30);
    String top = theirs.write().commits("main", 5);
    bring(main, side, top);
    WantedRefs[] states = {
      wanted(state(null, "refs/heads/main", main, "refs/heads/a", side)),
      wanted(state(null, "refs/heads/main", top, "refs/heads/a/b", main)),
      wanted(state(null, "refs/heads/main", side, "refs/heads/b", top)),
      wanted(state(null, "refs/heads/main", side))
    };

    Future<?> host = relay.submit(() -> work(new Random(5)));
    for (int i = 0; !host.isDone(); i++) {
      fixture.apply(family, ALICE, states[i % states.length]);
    }
    host.get();
    fixture.apply(family, ALICE, states[0]);

    pushed.put("refs/heads/main", main);
    pushed.put("refs/heads/a", side);
    assertThat(alices.refs()).isEqualTo(pushed);
    assertThat(alices.fsck().ok()).as(alices.fsck().output()).isTrue();
    assertThat(pushed.values()).allMatch(alices::hasHistoryOf);
    try (Stream<Path> files = Files.walk(alices.path())) {
      assertThat(files.map(Path::toString))
          .noneMatch(file -> file.matches(".*(\\.lock|\\.keep|/tmp[-_].*)"));
    }
  }

  private void work(Random random) {
    String[] branches = {"main", "side"};
    for (int i = 0; i < ROUNDS; i++) {
      String branch = branches[random.nextInt(branches.length)];
      String ref = "refs/nostr/" + i;
      theirs.push(alices, "+" + branch + ":" + ref);
      pushed.put(ref, theirs.refs().get("refs/heads/" + branch));
      // Others may find a lock held, as among users.
      switch (random.nextInt(6)) {
        case 0 -> theirs.git().attempt("push", alices.path().toString(), "+main:refs/heads/main");
        case 1 -> alices.git().attempt("-c", "gc.reflogExpire=now", "gc", "-q", "--prune=now");
        case 2 -> alices.git().attempt("repack", "-a", "-d", "-q");
        case 3 -> alices.git().attempt("pack-refs", "--all", "--prune");
        case 4 -> alices.git().attempt("update-ref", "refs/heads/main", pushed.get(ref));
        default -> forget("refs/nostr/" + random.nextInt(i + 1));
      }
    }
  }

  private void forget(String ref) {
    if (alices.git().attempt("update-ref", "-d", ref).ok()) {
      pushed.remove(ref);
    }
    alices.git().attempt("-c", "gc.reflogExpire=now", "gc", "-q", "--prune=now");
  }
}
