package org.purgatory.sync.git;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.AppliedState;
import org.purgatory.sync.sync.WantedRefs;

/**
 * Remembers for each owner's repository the state that it was last brought to, in a file of five
 * lines: the repository's path below the root, the event's id, its author, its {@code created_at},
 * and a hash of the branches and tags that it names, which tells whether they were changed since.
 *
 * <p>It is written before the refs are. After a crash in between it names a state that is newer
 * than the refs, and that waits still: only older ones are refused. The other way round an older
 * state could roll back refs that nobody knows to be newer.
 */
final class AppliedStates {

  private static final Logger LOG = System.getLogger(AppliedStates.class.getName());

  private final Volume volume;

  /**
   * What is remembered of a repository.
   *
   * @param state the state
   * @param refs the hash of the refs that it names, see {@link #digest}
   */
  record Entry(AppliedState state, String refs) {}

  AppliedStates(Volume volume) {
    this.volume = volume;
  }

  /** The state that a repository was last brought to, as far as we know. */
  Optional<Entry> of(String path) throws IOException {
    Path file = file(path);
    try {
      List<String> lines = Files.readAllLines(file);
      return Optional.of(
          new Entry(
              new AppliedState(
                  new EventId(lines.get(1)),
                  new PublicKey(lines.get(2)),
                  Long.parseLong(lines.get(3))),
              lines.get(4)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (InvalidValueException | NumberFormatException | IndexOutOfBoundsException e) {
      LOG.log(
          Level.WARNING,
          "{0} cannot be read, so that an older state could be applied to {1}: delete it: {2}",
          file,
          path,
          e.toString());
      return Optional.empty();
    }
  }

  /** Whether a repository is to be brought to another state than before. */
  boolean isNews(String path, WantedRefs wanted) throws IOException {
    Optional<Entry> next = decidingIn(wanted);
    return next.isPresent() && !next.equals(of(path));
  }

  /** Notes, for good, the state that a repository is about to be brought to, if there is one. */
  void note(String path, WantedRefs wanted) throws IOException {
    if (isNews(path, wanted)) {
      write(path, decidingIn(wanted).orElseThrow());
    }
  }

  /** A hash of refs: object ids in hex by name. */
  static String digest(SortedMap<String, String> refs) {
    StringBuilder text = new StringBuilder();
    refs.forEach((name, oid) -> text.append(oid).append(' ').append(name).append('\n'));
    return Hashes.of(text.toString());
  }

  /** A state without refs decides nothing. */
  private static Optional<Entry> decidingIn(WantedRefs wanted) {
    return wanted
        .state()
        .filter(state -> !state.refs().isEmpty())
        .map(
            state ->
                new Entry(
                    new AppliedState(state.id(), state.author(), state.event().createdAt()),
                    digest(plain(state))));
  }

  private static SortedMap<String, String> plain(RepositoryState state) {
    SortedMap<String, String> plain = new TreeMap<>();
    state.objectRefs().forEach((name, oid) -> plain.put(name.value(), oid.hex()));
    return plain;
  }

  private void write(String path, Entry entry) throws IOException {
    AppliedState applied = entry.state();
    String text =
        String.join(
            "\n",
            path,
            applied.id().hex(),
            applied.author().hex(),
            Long.toString(applied.createdAt()),
            entry.refs(),
            "");
    Path file = file(path);
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling(UUID.randomUUID() + ".draft");
    try {
      SyncedFiles.write(draft, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    Directories.sync(file.getParent());
  }

  private Path file(String path) {
    return volume.ownDirectory("applied").resolve(Hashes.of(path));
  }
}
