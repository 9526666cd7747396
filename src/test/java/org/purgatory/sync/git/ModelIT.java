package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.fail;
import static org.purgatory.sync.testkit.SampleEvents.read;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.testkit.Shrinking;

/**
 * Whatever happens in whatever order, every repository and every event ends as a plain model says.
 * {@code -Dpurgatory.test.model.seeds=1000} plays more seeds, {@code .first} says from which on.
 */
class ModelIT {

  private static final int SEEDS = Integer.getInteger("purgatory.test.model.seeds", 30);
  private static final int FIRST = Integer.getInteger("purgatory.test.model.first", 1);

  @TempDir static Path directory;
  private static History history;

  @BeforeAll
  static void write() throws Exception {
    history = History.in(Files.createDirectory(directory.resolve("servers")));
  }

  @AfterAll
  static void close() {
    history.close();
  }

  @Test
  void repositoriesAndOutcomesAreThoseOfTheModelWhateverTheOrder() {
    for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
      List<Step> steps = Scenario.of(seed, history);
      if (difference(steps).isPresent()) {
        List<Step> fewer = Shrinking.shrink(steps, some -> difference(some).isPresent());
        fail(
            "seed %d: %s\nsteps:\n%s",
            seed,
            difference(fewer).orElse("failed once only: " + difference(steps)),
            fewer.stream().map(Object::toString).collect(Collectors.joining("\n")));
      }
    }
  }

  private static Optional<String> difference(List<Step> steps) {
    try {
      Path root = Files.createTempDirectory(directory, "volume");
      try (RelayWorld world = new RelayWorld(root, history)) {
        play(steps, world);
      } finally {
        Directories.delete(root);
      }
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e.getMessage());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void play(List<Step> steps, RelayWorld world) throws Exception {
    steps.forEach(world::take);
    world.letGo();
    world.pass(Duration.ofMinutes(3));
    world.take(anotherRun(world));
    world.pass(Duration.ofMinutes(31));
    Verdict verdict = new Verdict(world, history);
    verdict.repositoriesAreRight();
    verdict.outcomesAreRight();
  }

  /** A pull request for everybody: what is served is looked at in every run. */
  private static Step anotherRun(RelayWorld world) {
    List<List<String>> tags = new ArrayList<>();
    tags.add(List.of("a", "30617:" + user(1).hex() + ":" + Scenario.IDENTIFIER));
    for (PublicKey owner : world.repositories.keySet()) {
      tags.add(List.of("a", "30617:" + owner.hex() + ":" + Scenario.IDENTIFIER));
    }
    tags.add(List.of("c", history.topics().get(0)));
    tags.add(List.of("clone", "https://fork.example/r"));
    GitEvent request = read(1000, 1_700_000_000, user(1), PullRequest.KIND, tags);
    return new Step.Arrival(
        List.of(request),
        List.of(),
        Duration.ZERO,
        Step.Moment.BETWEEN_RUNS,
        Duration.ofMinutes(5));
  }
}
