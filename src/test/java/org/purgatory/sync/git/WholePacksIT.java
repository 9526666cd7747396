package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Events.state;
import static org.purgatory.sync.git.Events.wanted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which packs of a quarantine an owner's repository gets as they are. */
class WholePacksIT extends TransferStage {

  @Test
  void theFileItselfComesWhenAllOfItIsWanted() throws Throwable {
    String main = theirs.write().commits("main", 10);
    String side = theirs.write().commits("side", 2);
    bring(main, side);

    apply(wanted(state("refs/heads/main", "refs/heads/main", main, "refs/heads/side", side)));

    assertThat(inode(onlyPack(alices.path()))).isEqualTo(inode(onlyPack(quarantine())));
    assertThat(alices.git().run("fsck", "--strict")).isEmpty();
  }

  @Test
  void whatNoEventNamesStaysInTheQuarantine() throws Throwable {
    String main = theirs.write().commits("main", 10);
    String secret = theirs.write().commits("secret", 2);
    bring(main, secret);

    apply(wanted(state("refs/heads/main", "refs/heads/main", main)));

    assertThat(alices.git().attempt("cat-file", "-e", main).ok()).isTrue();
    assertThat(alices.git().attempt("cat-file", "-e", secret).ok()).isFalse();
  }

  @Test
  void aPackIsCopiedInPartIfItsNoteIsCutOff() throws Throwable {
    String main = theirs.write().commits("main", 10);
    bring(main);
    Path note = PackNote.of(onlyPack(quarantine()));
    Files.writeString(note, main.substring(0, 20));

    apply(wanted(state("refs/heads/main", "refs/heads/main", main)));

    assertThat(inode(onlyPack(alices.path()))).isNotEqualTo(inode(onlyPack(quarantine())));
    assertWhole(alices, main);
  }

  @Test
  void aNoteThatIsNotAllThereIsNone() throws Exception {
    Path file = volume.resolve("note");
    new PackNote(Set.of(Oids.toJGit(Fixture.oids("1".repeat(40)).iterator().next()))).write(file);
    String text = Files.readString(file);
    assertThat(PackNote.read(file)).isPresent();

    for (int length = 0; length < text.length() - 1; length++) {
      Files.writeString(file, text.substring(0, length));
      assertThat(PackNote.read(file)).as(text.substring(0, length)).isEmpty();
    }
  }

  private Path quarantine() throws IOException {
    return Directories.entries(volume.resolve(".purgatory/quarantine")).get(0);
  }

  private static Path onlyPack(Path repository) throws IOException {
    return Consolidation.packs(repository).get(0);
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }
}
