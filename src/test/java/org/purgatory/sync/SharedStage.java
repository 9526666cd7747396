package org.purgatory.sync;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.purgatory.sync.testkit.EventSigner;
import org.purgatory.sync.testkit.RelayStage;
import org.purgatory.sync.testkit.SidecarBuilder;
import org.purgatory.sync.testkit.StoreKind;
import org.purgatory.sync.testkit.TestRepository;

/**
 * A stage with a store of each kind in turn, which all tests of a class share, and on which each
 * test has its own repository. The class sets it up.
 */
abstract class SharedStage {

  /** Somebody other than the owner of the repositories. */
  static final EventSigner BOB = EventSigner.seeded("bob");

  @TempDir static Path directory;
  static RelayStage stage;

  @Parameter StoreKind store;

  TestRepository own;

  /** Sets up a stage whose sidecar tries again soon, and asks as often as there is reason to. */
  static void setUp(StoreKind store, UnaryOperator<SidecarBuilder> configured) {
    stage =
        RelayStage.in(
            directory.resolve(store.name()),
            store,
            sidecar ->
                configured.apply(
                    sidecar.impatient().config("purgatory.throttle.max-per-minute", 10_000)));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    stage.close();
  }

  @BeforeEach
  final void makeRepositories(TestInfo test) {
    own = TestRepository.of(test, stage);
  }

  @AfterEach
  final void everythingIsSound() {
    own.close();
  }
}
