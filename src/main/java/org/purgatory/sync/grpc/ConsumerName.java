package org.purgatory.sync.grpc;

import java.nio.charset.StandardCharsets;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.Quoted;

/** Reads the names under which clients acknowledge results. */
final class ConsumerName {

  private static final int MOST_BYTES = 255;

  private ConsumerName() {}

  /**
   * Reads a name.
   *
   * @param name what the request says; well-formed, as protobuf takes no other text
   * @return the name
   * @throws InvalidValueException if it is empty, too long or holds control characters
   */
  static String read(String name) {
    if (name.isEmpty()) {
      throw new InvalidValueException("a consumer's name must not be empty");
    }
    if (name.codePoints().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException(
          "a consumer's name must not hold control characters: " + Quoted.quoted(name));
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new InvalidValueException(
          "a consumer's name must be at most "
              + MOST_BYTES
              + " bytes of UTF-8: "
              + Quoted.quoted(name));
    }
    return name;
  }
}
