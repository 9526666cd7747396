package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.testkit.hostile.GitText.joined;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.hostile.Answers;
import org.purgatory.sync.testkit.hostile.Asked;
import org.purgatory.sync.testkit.hostile.HostileGitServer.Script;
import org.purgatory.sync.testkit.hostile.Mutation;
import org.purgatory.sync.testkit.hostile.PackBytes;
import org.purgatory.sync.testkit.hostile.Recording;

/**
 * Spoils what C git answered to a fetch, in thousands of ways. More of them with {@code
 * -Dfuzz.cases=100000}, others with {@code -Dfuzz.seed=5000}; a failure tells the seed that shows
 * it again, with one case.
 */
class FuzzIT {

  private static final int CASES = Integer.getInteger("fuzz.cases", 3000);
  private static final long FIRST = Long.getLong("fuzz.seed", 1);
  private static final int CHECKED_BY_C_GIT = 50;

  @TempDir static Path elsewhere;

  private static String tip;
  private static String tag;
  private static Recording recorded;

  @TempDir Path volume;

  @BeforeAll
  static void recordAnExchange() throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String lines = "A line that is long enough to become a delta.\n".repeat(40);
    theirs.write().commit("main", "One", Map.of("a/b/c", lines, "d", "x"));
    theirs.write().commit("main", "Two", Map.of("a/b/c", lines + "More.\n", "e", "y"));
    tip = theirs.write().commit("main", "Three", Map.of("a/b/c", "Less.\n" + lines));
    tag = theirs.write().tag("v1", tip, "Version 1");
    theirs.git().run("repack", "-adf", "--quiet");
    try (GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      recorded = Recording.of(server.url("theirs.git"), tip, tag);
    }
  }

  @Test
  void whateverAServerSaysOnlyWholeHistoriesCome() throws Exception {
    try (HostileBench bench = new HostileBench(volume)) {
      assertThat(bench.fetch(saying(unspoiled()), true, tip, tag)).isInstanceOf(Fetched.class);
      int fetched = 0;
      for (int i = 0; i < CASES; i++) {
        fetched += fetch(bench, FIRST + i, fetched % CHECKED_BY_C_GIT == 0) ? 1 : 0;
      }
      assertThat(fetched).as("cases that did no harm").isLessThan(CASES / 2 + 2);
    }
  }

  private static boolean fetch(HostileBench bench, long seed, boolean thoroughly) {
    try {
      FetchResult result = bench.fetch(spoiled(new Random(seed)), thoroughly, tip, tag);
      return result instanceof Fetched;
    } catch (Throwable e) {
      throw new AssertionError("seen again with -Dfuzz.cases=1 -Dfuzz.seed=" + seed, e);
    }
  }

  private static Script spoiled(Random random) {
    Map<Asked, byte[]> answers = unspoiled();
    switch (random.nextInt(8)) {
      case 0 -> spoil(answers, Asked.REFS, random);
      case 1 -> spoil(answers, Asked.LISTING, random);
      case 2 -> spoil(answers, Asked.PACK, random);
      case 3 -> {
        Asked asked = Asked.values()[random.nextInt(3)];
        byte[] raw = Mutation.of(Answers.http(asked, answers.get(asked)), random);
        return (now, body, out) -> {
          out.write(now == asked ? raw : Answers.http(now, answers.get(now)));
          return now != asked;
        };
      }
      default -> answers.put(Asked.PACK, Answers.packSection(spoiledPack(random)));
    }
    return saying(answers);
  }

  /** With a right checksum, so that what is in it is looked at. */
  private static byte[] spoiledPack(Random random) {
    byte[] pack = recorded.pack();
    byte[] content = Mutation.of(Arrays.copyOf(pack, pack.length - 20), random);
    return joined(content, PackBytes.sha1(content));
  }

  private static void spoil(Map<Asked, byte[]> answers, Asked asked, Random random) {
    answers.put(asked, Mutation.of(answers.get(asked), random));
  }

  private static Map<Asked, byte[]> unspoiled() {
    Map<Asked, byte[]> answers = new EnumMap<>(Asked.class);
    for (Asked asked : Asked.values()) {
      answers.put(asked, recorded.body(asked));
    }
    return answers;
  }

  private static Script saying(Map<Asked, byte[]> answers) {
    return (asked, body, out) -> {
      out.write(Answers.http(asked, answers.get(asked)));
      return true;
    };
  }
}
