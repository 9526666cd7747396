package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;

class MissingObjectsTest {

  private static final ObjectId ASKED = ObjectId.fromString("1".repeat(40));
  private static final String OTHER = "2".repeat(40);

  @Test
  void theObjectIsFoundWhereverJGitPutsTheSentence() throws Exception {
    URIish uri = new URIish("https://example.org/x.git");

    assertThat(
            named(new RemoteRepositoryException(uri, "upload-pack: not our ref " + ASKED.name())))
        .contains(ASKED);
    assertThat(named(new PackProtocolException("upload-pack: not our ref " + ASKED.name())))
        .contains(ASKED);
    assertThat(
            named(
                new PackProtocolException(
                    "expected 'acknowledgments', got 'ERR upload-pack: not our ref "
                        + ASKED.name()
                        + "'")))
        .contains(ASKED);
    assertThat(named(new PackProtocolException("want " + ASKED.name() + " not valid")))
        .contains(ASKED);
  }

  @Test
  void anObjectThatNobodyAskedForDoesNotCount() {
    assertThat(named(new PackProtocolException("not our ref " + OTHER))).isEmpty();
  }

  @Test
  void otherSentencesDoNotCount() {
    assertThat(named(new PackProtocolException("not our ref " + ASKED.name() + "1"))).isEmpty();
    assertThat(named(new PackProtocolException("it is not our ref " + ASKED.name()))).isEmpty();
    assertThat(named(new PackProtocolException("not our ref HEAD"))).isEmpty();
    assertThat(named(new IllegalStateException("not our ref " + ASKED.name()))).isEmpty();
  }

  private static Optional<ObjectId> named(Exception e) {
    return MissingObjects.named(new TransportException("x", e), Set.of(ASKED));
  }
}
