package org.purgatory.sync.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.TestInfo;

/**
 * A repository that a test has for itself on a stage that others share: the relay hosts it, and the
 * git server has one of the same name. Both are empty at first. All results that come meanwhile are
 * watched.
 */
public final class TestRepository implements AutoCloseable {

  /** Its owner. */
  public static final EventSigner ALICE = EventSigner.seeded("alice");

  private final RelayStage stage;
  private final String name;
  private final BareRepository hosted;
  private final BareRepository remote;
  private final ResultWatch watch;

  private TestRepository(RelayStage stage, String name) {
    this.stage = stage;
    this.name = name;
    hosted = stage.host(ALICE, name);
    remote = stage.remote(name);
    watch = stage.relay().watch();
  }

  /** Makes the repository of a test; its identifier is the name of the test's method. */
  public static TestRepository of(TestInfo test, RelayStage stage) {
    return new TestRepository(stage, test.getTestMethod().orElseThrow().getName());
  }

  /** Its identifier. */
  public String name() {
    return name;
  }

  /** What the relay hosts. */
  public BareRepository hosted() {
    return hosted;
  }

  /** What the git server has. */
  public BareRepository remote() {
    return remote;
  }

  /** The results since the test began. */
  public ResultWatch watch() {
    return watch;
  }

  /** Its announcement, whose only clone URL is that of the git server. */
  public SignedEvent announced() {
    return ALICE.announcement(name).cloneUrls(stage.url(name)).sign();
  }

  /** A state of it, yet without refs. */
  public EventDraft state() {
    return ALICE.state(name);
  }

  /** How often the git server was asked for it; others may be retried meanwhile. */
  public long fetches() {
    return stage.server().traffic().fetches().stream()
        .filter(fetch -> fetch.repository().contains(name))
        .count();
  }

  /** Ends the watch. Whatever a test did: what the relay hosts is sound and complete. */
  @Override
  public void close() {
    watch.close();
    GitResult fsck = hosted.fsck();
    assertThat(fsck.ok()).as(fsck.output()).isTrue();
  }
}
