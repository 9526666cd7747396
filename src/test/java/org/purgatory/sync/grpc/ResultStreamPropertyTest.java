package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.testkit.VirtualTime;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/**
 * Any interleaving of appends, slow reads, stalls and time leaves every wanted result, in order.
 */
class ResultStreamPropertyTest {

  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final List<String> IDENTIFIERS = List.of("a", "b", "c");
  private static final int RUNS = 200;
  private static final int STEPS = 120;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyWantedResultArrivesOnceAndInOrder(boolean filtered) {
    for (int seed = 0; seed < RUNS; seed++) {
      new Run(seed, filtered).play();
    }
  }

  private static final class Run {

    private final VirtualTime time = new VirtualTime();
    private final FakeLog log = new FakeLog();
    private final FakeClient client = new FakeClient();
    private final Random random;
    private final Set<RepositoryIdentifier> filter;
    private final ResultStream stream;
    private final String name;

    Run(int seed, boolean filtered) {
      name = "seed " + seed;
      random = new Random(seed);
      filter = filtered ? Set.of(new RepositoryIdentifier("a")) : Set.of();
      Watch watch = new Watch(new Start.Oldest(), filter);
      stream = new ResultStream(watch, client, log, time, time, INTERVAL, time);
    }

    void play() {
      appendSome();
      stream.start();
      for (int i = 0; i < STEPS; i++) {
        step();
        assertThat(tokensOfResults()).as(name).isEqualTo(wanted().subList(0, resultCount()));
        assertThat(client.failure).as(name).isNull();
      }
      client.takes(Integer.MAX_VALUE);
      log.letGo();
      stream.ready();
      time.settle();
      assertThat(tokensOfResults()).as(name).isEqualTo(wanted());
      assertThat(tokens()).as(name).isSorted();
      time.advance(INTERVAL);
      assertThat(tokens().get(tokens().size() - 1)).as(name).isEqualTo(log.size());
    }

    private void step() {
      switch (random.nextInt(8)) {
        case 0, 1 -> appendSome();
        case 2 -> log.hold();
        case 3 -> log.letOneGo();
        case 4 -> log.letGo();
        case 5 -> client.takes(random.nextInt(4));
        case 6 -> {
          client.takes(1 + random.nextInt(200));
          stream.ready();
        }
        default -> time.advance(Duration.ofSeconds(random.nextInt(15)));
      }
      if (random.nextBoolean()) {
        time.settle();
      }
    }

    private void appendSome() {
      int count = random.nextInt(10) == 0 ? 3 * Cursor.PAGE : random.nextInt(4);
      for (int i = 0; i < count; i++) {
        log.append(IDENTIFIERS.get(random.nextInt(IDENTIFIERS.size())));
      }
    }

    private List<Integer> wanted() {
      List<Integer> wanted = new ArrayList<>();
      for (int n = 1; n <= log.size(); n++) {
        if (filter.isEmpty() || filter.contains(new RepositoryIdentifier(log.identifier(n)))) {
          wanted.add(n);
        }
      }
      return wanted;
    }

    private int resultCount() {
      return client.results().size();
    }

    private List<Integer> tokensOfResults() {
      return client.results().stream().map(Run::number).toList();
    }

    private List<Integer> tokens() {
      return client.responses.stream().map(Run::number).toList();
    }

    private static int number(WatchSyncResultsResponse response) {
      return Integer.parseInt(response.getResumeToken().replace("-0", ""));
    }
  }
}
