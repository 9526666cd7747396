package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.jgit.lib.Constants.OBJ_BLOB;
import static org.eclipse.jgit.lib.Constants.OBJ_COMMIT;
import static org.eclipse.jgit.lib.Constants.OBJ_TAG;
import static org.eclipse.jgit.lib.Constants.OBJ_TREE;
import static org.purgatory.sync.git.PackBuilder.repeat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.testkit.BareRepository;

/** Packs that ask for more than they bring. */
class PackReceiverIT {

  private static final int MEGABYTE = 1 << 20;
  private static final FetchCaps WIDE = FetchCaps.defaults();

  @TempDir Path elsewhere;

  private Path directory;

  private MemoryBudget budget = new MemoryBudget(8 * MEGABYTE);

  @BeforeEach
  void create() throws IOException {
    directory = elsewhere.resolve("attempt.git");
    BareRepositories.create(directory);
  }

  @Test
  void numberOfObjectsIsCapped() throws Exception {
    byte[] pack =
        new PackBuilder().object(OBJ_BLOB, new byte[1]).object(OBJ_BLOB, new byte[2]).pack();

    receive(pack, new FetchCaps(1 << 20, 1, 2, 1 << 20, 1 << 20));
    assertTooLarge(() -> receive(pack, new FetchCaps(1 << 20, 1, 1, 1 << 20, 1 << 20)));
  }

  @Test
  void sizeOfAnObjectIsCapped() throws Exception {
    byte[] pack = new PackBuilder().object(OBJ_BLOB, new byte[1000]).pack();

    receive(pack, new FetchCaps(1 << 20, 1, 9, 1000, 1 << 20));
    assertThatThrownBy(() -> receive(pack, new FetchCaps(1 << 20, 1, 9, 999, 1 << 20)))
        .isInstanceOf(TooLargeObjectInPackException.class);
  }

  @Test
  void sizeOfWhatADeltaMakesIsCapped() throws Exception {
    byte[] pack =
        new PackBuilder().object(OBJ_BLOB, new byte[100]).delta(0, repeat(100, 1000, "x")).pack();

    receive(pack, new FetchCaps(1 << 20, 1, 9, 1000, 1 << 20));
    assertThatThrownBy(() -> receive(pack, new FetchCaps(1 << 20, 1, 9, 999, 1 << 20)))
        .isInstanceOf(TooLargeObjectInPackException.class);
  }

  @Test
  void allThatIsInflatedIsCapped() throws Exception {
    byte[] delta = repeat(5000, 5000, "x");
    byte[] pack =
        new PackBuilder().object(OBJ_BLOB, new byte[5000]).delta(0, delta).delta(1, delta).pack();
    long all = 3 * 5000 + 2 * delta.length;
    assertThat(pack.length).isLessThan(200);

    receive(pack, new FetchCaps(1 << 20, 1, 9, 5000, all));
    assertTooLarge(() -> receive(pack, new FetchCaps(1 << 20, 1, 9, 5000, all - 1)));
  }

  @Test
  void largeFileIsNotKeptInMemory() throws Exception {
    byte[] pack = new PackBuilder().object(OBJ_BLOB, new byte[100 * MEGABYTE]).pack();

    assertThat(allocatedBy(() -> receive(pack, WIDE))).isLessThan(MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {OBJ_COMMIT, OBJ_TREE, OBJ_TAG})
  void claimedSizeMakesNoRoom(int type) throws Exception {
    byte[] pack = new PackBuilder().claiming(type, 400 * MEGABYTE).pack();

    assertThat(allocatedBy(() -> assertTooLarge(() -> receive(pack, WIDE)))).isLessThan(MEGABYTE);
  }

  @Test
  void claimedNumberOfObjectsMakesNoRoom() throws Exception {
    byte[] pack = new PackBuilder().object(OBJ_BLOB, new byte[1]).pack(5_000_000);

    assertThat(allocatedBy(() -> assertTooLarge(() -> receive(pack, WIDE)))).isLessThan(MEGABYTE);
  }

  @Test
  void deltaThatMakesMuchOutOfNothingIsNotApplied() throws Exception {
    int size = 100_000;
    byte[] pack =
        new PackBuilder()
            .object(OBJ_BLOB, new byte[size])
            .delta(0, repeat(size, 400 * MEGABYTE, "x"))
            .pack();

    long allocated =
        allocatedBy(
            () ->
                assertThatThrownBy(() -> receive(pack, WIDE))
                    .isInstanceOf(TooLargeObjectInPackException.class));

    assertThat(allocated).isLessThan(MEGABYTE);
  }

  @Test
  void largeBaseIsNotRead() throws Exception {
    int size = 50 * MEGABYTE;
    byte[] pack =
        new PackBuilder().object(OBJ_BLOB, new byte[size]).delta(0, repeat(size, size, "x")).pack();

    assertThat(allocatedBy(() -> assertTooLarge(() -> receive(pack, WIDE)))).isLessThan(MEGABYTE);
  }

  @Test
  void largeBaseThatIsHereAlreadyIsNotRead() throws Exception {
    int size = 50 * MEGABYTE;
    byte[] base = new byte[size];
    receive(new PackBuilder().object(OBJ_BLOB, base).pack(), WIDE);
    ObjectId id = new ObjectInserter.Formatter().idFor(OBJ_BLOB, base);
    byte[] pack = new PackBuilder().delta(id, repeat(size, size, "x")).pack();

    assertThat(allocatedBy(() -> assertTooLarge(() -> receive(pack, WIDE)))).isLessThan(MEGABYTE);
  }

  /** Each is done with before the one after the next is made. */
  @Test
  void longChainNeedsLittleMemory() throws Exception {
    PackBuilder pack = new PackBuilder().object(OBJ_BLOB, new byte[MEGABYTE]);
    for (int i = 0; i < 50; i++) {
      pack.delta(i, repeat(MEGABYTE, MEGABYTE, "" + i));
    }

    receive(pack.pack(), WIDE);

    assertThat(BareRepository.at(directory).git().run("count-objects", "-v"))
        .contains("in-pack: 51");
  }

  /** With a second child each has to be kept until all that builds on the first is done. */
  @Test
  void chainOfForksIsRefusedOnceTooMuchIsKept() throws Exception {
    PackBuilder pack = new PackBuilder().object(OBJ_BLOB, new byte[MEGABYTE]);
    for (int i = 0; i < 50; i++) {
      pack.delta(2 * Math.max(0, i - 1) + Math.min(i, 1), repeat(MEGABYTE, MEGABYTE, "a" + i));
      pack.delta(2 * Math.max(0, i - 1) + Math.min(i, 1), repeat(MEGABYTE, MEGABYTE, "b" + i));
    }

    assertTooLarge(() -> receive(pack.pack(), WIDE));
    budget = new MemoryBudget(200 * MEGABYTE);
    receive(pack.pack(), WIDE);
  }

  @Test
  void chainIsNoLongerThanGitMakesThem() throws Exception {
    PackBuilder pack = new PackBuilder().object(OBJ_BLOB, new byte[100]);
    for (int i = 0; i < 4095; i++) {
      pack.delta(i, repeat(100, 100, "" + i));
    }
    receive(pack.pack(), WIDE);

    pack.delta(4095, repeat(100, 100, "one more"));
    assertTooLarge(() -> receive(pack.pack(), WIDE));
  }

  @Test
  void basesFromHereCompleteAPack() throws Exception {
    byte[] one = new byte[70_000];
    byte[] other = "small".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    receive(new PackBuilder().object(OBJ_BLOB, one).object(OBJ_BLOB, other).pack(), WIDE);
    ObjectInserter.Formatter formatter = new ObjectInserter.Formatter();
    ObjectId oneId = formatter.idFor(OBJ_BLOB, one);
    ObjectId otherId = formatter.idFor(OBJ_BLOB, other);

    receive(
        new PackBuilder()
            .delta(oneId, repeat(one.length, one.length, "x"))
            .delta(otherId, repeat(other.length, 9, "x"))
            .delta(oneId, repeat(one.length, one.length, "y"))
            .delta(0, repeat(one.length, one.length, "z"))
            .pack(),
        WIDE);

    BareRepository repository = BareRepository.at(directory);
    for (Path file : Directories.entries(directory.resolve("objects/pack"))) {
      if (file.toString().endsWith(".idx")) {
        repository.git().run("verify-pack", file.toString());
      }
    }
    assertThat(repository.fsck().exitCode()).isZero();
    assertThat(repository.git().run("count-objects", "-v")).contains("in-pack: 8");
  }

  @Test
  void emptyPackLeavesNothing() throws Exception {
    receive(new PackBuilder().pack(), WIDE);

    assertThat(Directories.entries(directory.resolve("objects/pack"))).isEmpty();
  }

  private void receive(byte[] pack, FetchCaps caps) throws IOException {
    try (MemoryBudget.Share share = budget.share();
        Repository repository =
            BareRepositories.openAttempt(
                directory, List.of(), new FetchMeter(caps, Duration.ofSeconds(30), share));
        ObjectInserter inserter = repository.newObjectInserter()) {
      PackParser parser = inserter.newPackParser(new ByteArrayInputStream(pack));
      parser.setAllowThin(true);
      parser.setObjectChecker(new WaryObjectChecker());
      parser.parse(NullProgressMonitor.INSTANCE);
    }
  }

  private static void assertTooLarge(ThrowingCallable receiving) {
    assertThatThrownBy(receiving).isInstanceOf(TooLargeException.class);
  }

  /** Bytes, for arrays above all. */
  private long allocatedBy(ThrowingCallable work) throws Exception {
    // What is allocated once.
    receive(new PackBuilder().object(OBJ_BLOB, new byte[7]).pack(), WIDE);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      work.call();
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
