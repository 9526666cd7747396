package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.net.URI;

/**
 * The server that a clone URL points to: scheme, host and port. A host may have several, and
 * whether one of them can be reached says nothing of the others.
 *
 * @param value for example {@code https://git.example:8443}, in a clone URL's one spelling: no
 *     default port; never null
 * @param domain the host, never null
 */
public record Origin(String value, Domain domain) implements Comparable<Origin> {

  /** Checks that the origin is in its one spelling and that the domain is its own. */
  public Origin {
    CloneUrl url = CloneUrl.parse(value);
    boolean bare = URI.create(url.value()).getRawPath().isEmpty();
    if (!bare || !url.value().equals(value) || !url.domain().equals(domain)) {
      throw new InvalidValueException("not an origin in its one spelling: " + quoted(value));
    }
  }

  /**
   * Reads an origin.
   *
   * @param text scheme, host and port
   * @return the origin
   * @throws InvalidValueException if it is none, or not in its one spelling
   */
  public static Origin parse(String text) {
    return new Origin(text, CloneUrl.parse(text).domain());
  }

  @Override
  public int compareTo(Origin other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
