package org.purgatory.sync.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * A place in the list of identifiers, which stays valid whatever comes and goes.
 *
 * @param after the last identifier that was seen; empty before the first page and behind the last
 */
record PageToken(Optional<RepositoryIdentifier> after) {

  private static final String NOT_A_TOKEN = "not a page token that a response of this service held";

  /**
   * Reads a token.
   *
   * @param token what the request says, maybe empty
   * @return the place
   * @throws InvalidValueException if it is none
   */
  static PageToken read(String token) {
    if (token.isEmpty()) {
      return new PageToken(Optional.empty());
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      RepositoryIdentifier identifier =
          new RepositoryIdentifier(new String(bytes, StandardCharsets.UTF_8));
      PageToken place = new PageToken(Optional.of(identifier));
      if (place.write().equals(token)) {
        return place;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(NOT_A_TOKEN);
    }
    throw new InvalidValueException(NOT_A_TOKEN);
  }

  /** The token that a response holds; empty if there are no more pages. */
  String write() {
    return after
        .map(identifier -> identifier.value().getBytes(StandardCharsets.UTF_8))
        .map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
        .orElse("");
  }
}
