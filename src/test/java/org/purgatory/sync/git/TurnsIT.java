package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;
import static org.purgatory.sync.git.Fixture.ALICE;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.RepositoryException;
import org.purgatory.sync.sync.WantedRefs;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;

/** A run that was given up, and the one that has taken over, at one repository. */
class TurnsIT {

  @TempDir Path volume;
  @TempDir Path elsewhere;

  private final ExecutorService runs = Executors.newFixedThreadPool(2);
  private final List<String> order = new CopyOnWriteArrayList<>();
  private Fixture one;
  private Fixture other;
  private BareRepository alices;
  private FamilyRepositories family;
  private String main;

  @BeforeEach
  void push() {
    one = new Fixture(volume, "project");
    other = new Fixture(volume, "project");
    alices = one.host(ALICE);
    family = one.family(ALICE);
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    main = theirs.write().commits("main", 3);
    theirs.push(alices, "main");
  }

  @AfterEach
  void close() {
    runs.shutdownNow();
    one.close();
    other.close();
  }

  /** Else it would bring back what the newer state has deleted: creations look harmless. */
  @Test
  void whoHasBeenAskedWhetherItMayWriteWritesBeforeAnyOther() throws Throwable {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    WantedRefs older = wanted(state(null, "refs/heads/main", main, "refs/heads/b", main));
    Future<?> first =
        run(
            one,
            older,
            () -> {
              asked.complete(null);
              return answer.whenComplete((yes, e) -> order.add("older"));
            });
    asked.get(30, TimeUnit.SECONDS);
    WantedRefs newer = wanted(state(null, "refs/heads/main", main, "refs/heads/c", main));
    Future<?> second =
        run(
            other,
            newer,
            () -> {
              order.add("newer");
              return completedFuture(true);
            });

    answer.complete(true);
    first.get(30, TimeUnit.SECONDS);
    second.get(30, TimeUnit.SECONDS);

    assertThat(order).startsWith("older");
    assertThat(order.subList(order.indexOf("newer"), order.size())).containsOnly("newer");
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main, "refs/heads/c", main));
  }

  @Test
  void everyStepIsAskedFor() {
    alices.updateRef("refs/heads/a/b", main);
    AtomicInteger asked = new AtomicInteger();
    WantedRefs wanted = wanted(state(null, "refs/heads/a", main));

    assertThatThrownBy(
            () ->
                one.apply(
                    family, ALICE, wanted, () -> completedFuture(asked.incrementAndGet() <= 2)))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("another run has taken over");

    // Before objects are brought, before one ref goes, and before the other comes.
    assertThat(asked).hasValue(3);
    assertThat(alices.refs()).isEqualTo(Map.of("refs/heads/main", main));
  }

  private Future<?> run(Fixture run, WantedRefs wanted, Fence fence) {
    return runs.submit(
        () -> {
          try {
            return run.apply(family, ALICE, wanted, fence);
          } catch (Throwable e) {
            throw new AssertionError(e);
          }
        });
  }
}
