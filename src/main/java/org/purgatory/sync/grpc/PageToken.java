package org.purgatory.sync.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.purgatory.sync.nostr.InvalidValueException;

/**
 * A place in a list: the name of the last entry that was seen, so that it stays valid whatever
 * comes and goes. Opaque to clients.
 */
final class PageToken {

  private static final String NOT_A_TOKEN = "not a page token that a response of this method held";

  private PageToken() {}

  /**
   * Reads a token.
   *
   * @param token what the request says, maybe empty
   * @param parse reads a name; throws {@link IllegalArgumentException} if it is none
   * @return the last entry that was seen; empty before the first page
   * @throws InvalidValueException if it is no token
   */
  static <T> Optional<T> read(String token, Function<String, T> parse) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      String name = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (write(Optional.of(name)).equals(token)) {
        return Optional.of(parse.apply(name));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(NOT_A_TOKEN);
    }
    throw new InvalidValueException(NOT_A_TOKEN);
  }

  /**
   * Writes a token.
   *
   * @param last the name of the last entry of a page; empty if there are no more pages
   * @return the token, empty if there are no more pages
   */
  static String write(Optional<String> last) {
    return last.map(name -> name.getBytes(StandardCharsets.UTF_8))
        .map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
        .orElse("");
  }
}
