package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.sync.FetchFailure.BAD_OBJECTS;
import static org.purgatory.sync.sync.FetchFailure.PROTOCOL;
import static org.purgatory.sync.sync.FetchFailure.TIMEOUT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.hostile.Fault;
import org.purgatory.sync.testkit.hostile.HostileGitServer;
import org.purgatory.sync.testkit.hostile.SmallHistory;

/**
 * Every fault that the hostile server knows comes to a word of the vocabulary, leaves nothing
 * behind and does not keep the next server from being asked.
 */
class FaultsIT {

  private static final Duration STALL = Duration.ofMillis(500);
  private static final Duration TOTAL = Duration.ofSeconds(3);

  @TempDir static Path volume;

  private static Fixture fixture;
  private static FamilyRepositories family;

  @BeforeAll
  static void start() throws IOException {
    fixture = new Fixture(volume, "project", STALL, TOTAL);
    fixture.host(ALICE);
    fixture.repositories.warmUp();
    family = fixture.family(ALICE);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @BeforeEach
  void beginWithNothing() throws IOException {
    fixture.quarantines.retire(family).ifPresent(fixture.quarantines::discard);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"LENGTH_BEYOND_THE_BODY", "NO_FETCH", "SHA256_SERVER"})
  @Timeout(30)
  void isToldByItsWordLeavesNothingAndHoldsUpNobody(Fault fault) throws Exception {
    SmallHistory history = SmallHistory.named(fault.name());
    try (HostileGitServer hostile = HostileGitServer.playing(fault, history.pack());
        HostileGitServer good = HostileGitServer.saying(history.script())) {
      FetchResult result = fixture.fetch(hostile.url(), family, history.tip());

      assertThat(result).as(fault.name()).isInstanceOf(Failed.class);
      assertThat(((Failed) result).failure()).as("%s: %s", fault, result).isIn(expected(fault));
      assertThat(((Failed) result).detail()).matches("\\P{Cntrl}*");
      assertThat(hostile.requests()).as("no loop").isLessThanOrEqualTo(3);
      assertThat(fixture.attempts()).isEmpty();
      assertThat(volume.resolve(".purgatory/quarantine")).matches(FaultsIT::isEmpty, "is empty");
      assertThat(fixture.fetch(good.url(), family, history.tip())).isInstanceOf(Fetched.class);
    }
  }

  /** What a server says of itself does not matter, nor what comes behind a pack. */
  @ParameterizedTest
  @EnumSource(names = {"LENGTH_BEYOND_THE_BODY", "NO_FETCH", "SHA256_SERVER"})
  void aLieThatChangesNothingIsNoFault(Fault fault) throws Exception {
    SmallHistory history = SmallHistory.named(fault.name());
    try (HostileGitServer hostile = HostileGitServer.playing(fault, history.pack())) {
      assertThat(fixture.fetch(hostile.url(), family, history.tip())).isInstanceOf(Fetched.class);
      assertThat(fixture.missing(family, history.tip())).isEmpty();
      assertThat(fixture.attempts()).isEmpty();
    }
  }

  private static boolean isEmpty(Path directory) {
    try {
      return !Files.exists(directory) || Directories.entries(directory).isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it is a matter of time or memory which bound is met first, either word will do. */
  private static Set<FetchFailure> expected(Fault fault) {
    return switch (fault) {
      case UNAUTHORIZED, FORBIDDEN -> Set.of(FetchFailure.UNAUTHORIZED);
      case NOT_FOUND, GONE -> Set.of(FetchFailure.NOT_FOUND);
      case TOO_MANY_REQUESTS, UNAVAILABLE -> Set.of(FetchFailure.RATE_LIMITED);
      case INTERNAL_ERROR,
          BAD_GATEWAY_AT_THE_PACK,
          NO_SUCH_STATUS,
          RESET_AT_THE_REFS,
          RESET_AT_THE_PACK ->
          Set.of(FetchFailure.SERVER_ERROR);
      case ENDLESS_KEEP_ALIVES, ENDLESS_PROGRESS -> Set.of(TIMEOUT, FetchFailure.TOO_LARGE);
      case TWO_THOUSAND_MILLION_OBJECTS_CLAIMED,
          FOUR_THOUSAND_MILLION_OBJECTS_CLAIMED,
          OBJECT_OF_A_TERABYTE_CLAIMED,
          OBJECT_OF_TWO_GIGABYTES_CLAIMED,
          DELTA_THAT_PROMISES_TWO_GIGABYTES ->
          Set.of(FetchFailure.TOO_LARGE, BAD_OBJECTS);
      case LENGTH_SHORT_OF_THE_BODY,
          EMPTY_PACK,
          NO_PACK,
          PACK_OF_THE_FUTURE,
          TRUNCATED_PACK,
          PACK_WITHOUT_A_CHECKSUM,
          WRONG_CHECKSUM_OF_THE_PACK,
          WRONG_CHECKSUM_OF_AN_OBJECT,
          GARBAGE_BEHIND_THE_PACK,
          MORE_OBJECTS_CLAIMED,
          FEWER_OBJECTS_CLAIMED,
          SIZE_WITHOUT_END,
          UNKNOWN_TYPE,
          RESERVED_TYPE,
          OTHER_OBJECTS_THAN_ASKED_FOR,
          BASE_THAT_NOBODY_HAS,
          DELTA_ON_ITSELF,
          DELTA_BEFORE_THE_PACK,
          DELTA_ON_A_PLACE_WITHIN_AN_OBJECT,
          DELTA_OF_ANOTHER_BASE_SIZE,
          DELTA_THAT_COPIES_BEYOND_ITS_BASE,
          DELTA_WITH_THE_RESERVED_COMMAND,
          DELTA_THAT_IS_EMPTY ->
          Set.of(BAD_OBJECTS);
      default -> Set.of(PROTOCOL);
    };
  }
}
