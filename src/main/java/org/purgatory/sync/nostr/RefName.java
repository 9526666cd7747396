package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;

/**
 * The full name of a git ref, such as {@code refs/heads/main}. It passes git's check-ref-format, so
 * that it can never be taken for an option, a refspec or a path out of the repository.
 *
 * @param value the name, never null
 */
public record RefName(String value) implements Comparable<RefName> {

  /** Where branches live. */
  public static final String HEADS = "refs/heads/";

  /** Where tags live. */
  public static final String TAGS = "refs/tags/";

  private static final String NOSTR = "refs/nostr/";

  private static final String LOCK = ".lock";

  /** A whole path must fit the system's limit of 4096 bytes, with the repository's path before. */
  private static final int MOST_BYTES = 1024;

  /** The usual file systems' longest name of 255 bytes, less the {@code .lock} of the lock file. */
  private static final int MOST_BYTES_OF_PART = 255 - LOCK.length();

  /** Checks the name as git check-ref-format does, and that its lock file can be made. */
  public RefName {
    if (value == null
        || !value.startsWith("refs/")
        || !Utf8.isWellFormed(value)
        || value.contains(LOCK + "/") // JGit looks for it at the end only.
        || !Repository.isValidRefName(value)) {
      throw new InvalidValueException(
          "a ref name must be a full name that git check-ref-format accepts, not "
              + (value == null ? "null" : quoted(value)));
    }
    if (Utf8.length(value) > MOST_BYTES
        || Stream.of(value.split("/")).anyMatch(part -> Utf8.length(part) > MOST_BYTES_OF_PART)) {
      throw new InvalidValueException(
          "a ref name must be at most %d bytes of UTF-8, and at most %d between slashes: %s"
              .formatted(MOST_BYTES, MOST_BYTES_OF_PART, quoted(value)));
    }
  }

  /**
   * The ref under which a relay serves a pull request.
   *
   * @param event the pull request's id
   * @return {@code refs/nostr/<event id>} (NIP-34)
   */
  public static RefName ofPullRequest(EventId event) {
    return new RefName(NOSTR + event.hex());
  }

  /**
   * Whether a state event decides over this ref.
   *
   * @return true for branches and tags
   */
  public boolean isTrackedByState() {
    return isBranch() || value.startsWith(TAGS);
  }

  /**
   * Whether HEAD may point at this ref.
   *
   * @return true for branches
   */
  public boolean isBranch() {
    return value.startsWith(HEADS);
  }

  @Override
  public int compareTo(RefName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
