package org.purgatory.sync.nostr;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A nostr event (NIP-01) whose id, and unless that is switched off whose signature, has been
 * checked.
 *
 * @param id the SHA-256 of the canonical serialisation
 * @param author who signed it
 * @param createdAt when it says it was made, in seconds since 1970
 * @param kind 0 to 65535
 * @param tags the tags; no tag is empty
 * @param content the content, empty for most git events
 * @param signature 128 lower-case hex digits (BIP-340)
 */
public record NostrEvent(
    EventId id,
    PublicKey author,
    long createdAt,
    int kind,
    List<List<String>> tags,
    String content,
    String signature) {

  /** Copies the tags. */
  public NostrEvent {
    tags = tags.stream().map(List::copyOf).toList();
  }

  /**
   * The first value of the first tag of a name.
   *
   * @param name the tag's name
   * @return its value, or empty if there is no such tag or it has no value
   */
  public Optional<String> firstValue(String name) {
    return tagsNamed(name).findFirst().filter(tag -> tag.size() > 1).map(tag -> tag.get(1));
  }

  /**
   * All values of all tags of a name.
   *
   * @param name the tags' name
   * @return every value, in order
   */
  public Stream<String> allValues(String name) {
    return tagsNamed(name).flatMap(tag -> tag.stream().skip(1));
  }

  /**
   * The first values of all tags of a name: what follows them in a tag is a hint, such as a relay.
   *
   * @param name the tags' name
   * @return the first value of each tag that has one, in order
   */
  public Stream<String> firstValues(String name) {
    return tagsNamed(name).filter(tag -> tag.size() > 1).map(tag -> tag.get(1));
  }

  private Stream<List<String>> tagsNamed(String name) {
    return tags.stream().filter(tag -> tag.get(0).equals(name));
  }
}
