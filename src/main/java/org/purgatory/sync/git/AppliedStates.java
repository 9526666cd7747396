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
import java.util.UUID;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.AppliedState;
import org.purgatory.sync.sync.HostedRepository.Standing;
import org.purgatory.sync.sync.WantedRefs;

/**
 * Remembers for each owner's repository the state that it was last brought to, in a file of six
 * lines: the repository's path below the root, the event's id, its author, its {@code created_at},
 * and hashes of the branches and tags that it names, and of those that were there before. They tell
 * whether somebody else has changed them since.
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
   * @param refs the hash of the refs that it names
   * @param before the hash of the refs that were there before, if we had brought them; or nothing
   */
  record Entry(AppliedState state, String refs, String before) {}

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
              lines.get(4),
              lines.get(5)));
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

  /** How a repository's branches and tags stand to what is remembered. */
  static Standing standing(CurrentRefs current, Optional<Entry> last) {
    if (!current.hasTracked()) {
      return Standing.EMPTY;
    }
    String now = digest(current.tracked());
    if (last.filter(entry -> entry.refs().equals(now)).isPresent()) {
      return Standing.AS_APPLIED;
    }
    return last.filter(entry -> entry.before().equals(now)).isPresent()
        ? Standing.AS_BEFORE
        : Standing.CHANGED;
  }

  /**
   * Prepares to note the state that a repository is about to be brought to, if there is one.
   *
   * @param current its refs until then
   */
  Note note(String path, WantedRefs wanted, CurrentRefs current) throws IOException {
    // A state without refs decides nothing.
    Optional<RepositoryState> next = wanted.state().filter(state -> !state.refs().isEmpty());
    Optional<Entry> last = next.isPresent() ? of(path) : Optional.empty();
    Optional<RepositoryState> news =
        next.filter(state -> !last.map(Entry::state).equals(Optional.of(applied(state))));
    return new Note(path, news.map(state -> entry(state, last, current)));
  }

  private static Entry entry(RepositoryState next, Optional<Entry> last, CurrentRefs current) {
    boolean ours = standing(current, last) != Standing.CHANGED;
    String before = ours ? digest(current.tracked()) : "";
    return new Entry(applied(next), digest(next.objectRefs()), before);
  }

  /** What is to be noted, in two steps, as the first may be done beside other work. */
  final class Note implements AutoCloseable {

    private final String path;
    private Optional<Entry> news;
    private Optional<Path> draft = Optional.empty();

    private Note(String path, Optional<Entry> news) {
      this.path = path;
      this.news = news;
    }

    /** Whether the repository is to be brought to another state than is noted. */
    boolean isNews() {
      return news.isPresent();
    }

    /** Writes it to the disk, where nobody looks for it yet. */
    void write() throws IOException {
      if (draft.isEmpty() && isNews()) {
        draft = Optional.of(AppliedStates.this.write(path, news.get()));
      }
    }

    /** Notes it for good. */
    void take() throws IOException {
      write();
      if (draft.isPresent()) {
        Path file = file(path);
        Files.move(draft.get(), file, StandardCopyOption.ATOMIC_MOVE);
        draft = Optional.empty();
        news = Optional.empty();
        Directories.sync(file.getParent());
      }
    }

    /** Forgets what was not taken. */
    @Override
    public void close() throws IOException {
      if (draft.isPresent()) {
        Files.deleteIfExists(draft.get());
      }
    }
  }

  private static AppliedState applied(RepositoryState state) {
    return new AppliedState(state.id(), state.author(), state.event().createdAt());
  }

  private static String digest(SortedMap<RefName, Oid> refs) {
    StringBuilder text = new StringBuilder();
    refs.forEach((name, oid) -> text.append(oid).append(' ').append(name).append('\n'));
    return Hashes.of(text.toString());
  }

  private Path write(String path, Entry entry) throws IOException {
    AppliedState applied = entry.state();
    String text =
        String.join(
            "\n",
            path,
            applied.id().hex(),
            applied.author().hex(),
            Long.toString(applied.createdAt()),
            entry.refs(),
            entry.before(),
            "");
    Path directory = Directories.make(file(path).getParent());
    Path draft = directory.resolve(UUID.randomUUID() + ".draft");
    try {
      SyncedFiles.write(draft, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      return draft;
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  private Path file(String path) {
    return volume.ownDirectory("applied").resolve(Hashes.of(path));
  }
}
