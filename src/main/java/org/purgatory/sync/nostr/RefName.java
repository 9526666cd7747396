package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

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

  /** What a ref's lock file can still be called on the usual file systems, in bytes of UTF-8. */
  private static final int MOST_CHARACTERS = 250;

  /** Checks the name as git check-ref-format does. */
  public RefName {
    if (value == null
        || !value.startsWith("refs/")
        || value.length() > MOST_CHARACTERS
        || !Repository.isValidRefName(value)) {
      throw new InvalidValueException(
          "a ref name must be a full name that git check-ref-format accepts, not "
              + (value == null ? "null" : quoted(value)));
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
