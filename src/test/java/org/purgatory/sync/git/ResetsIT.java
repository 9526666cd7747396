package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;
import org.purgatory.sync.testkit.hostile.Answers;
import org.purgatory.sync.testkit.hostile.Asked;
import org.purgatory.sync.testkit.hostile.HostileGitServer.Script;
import org.purgatory.sync.testkit.hostile.Recording;

/** Connections that end at every byte of what C git answers, properly or by a reset. */
class ResetsIT {

  @TempDir Path volume;
  @TempDir Path elsewhere;

  @ParameterizedTest
  @EnumSource
  void anAnswerThatEndsAtAnyByteIsNoHistory(Asked where) throws Exception {
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    String tip = theirs.write().commits("main", 2);
    Recording recorded;
    try (GitHttpServer server = GitHttpServer.serving(elsewhere)) {
      recorded = Recording.of(server.url("theirs.git"), tip);
    }
    byte[] whole = Answers.http(where, recorded.body(where));
    try (HostileBench bench = new HostileBench(volume)) {
      for (int length = 0; length < whole.length; length++) {
        FetchResult result = bench.fetch(endingAt(length, where, recorded), false, tip);

        // Only what follows the pack may be missing.
        boolean hasPack = where != Asked.PACK || length > whole.length - 40;
        assertThat(result instanceof Fetched).as("at %d", length).isIn(false, hasPack);
      }
    }
  }

  private static Script endingAt(int length, Asked where, Recording recorded) {
    return (asked, body, out) -> {
      byte[] answer = Answers.http(asked, recorded.body(asked));
      if (asked != where) {
        out.write(answer);
        return true;
      }
      out.write(Arrays.copyOf(answer, length));
      if (length % 2 == 0) {
        throw new Script.Reset();
      }
      return false;
    };
  }
}
