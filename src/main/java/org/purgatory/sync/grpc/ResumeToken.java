package org.purgatory.sync.grpc;

import org.purgatory.sync.nostr.InvalidValueException;
import org.purgatory.sync.sync.ResultPosition;

/** Reads the resume tokens of requests. */
final class ResumeToken {

  private ResumeToken() {}

  /**
   * Reads a token.
   *
   * @param token what the request says
   * @return the place that it names
   * @throws InvalidValueException if it is none
   */
  static ResultPosition read(String token) {
    return ResultPosition.parse(token)
        .orElseThrow(
            () ->
                new InvalidValueException(
                    "not a resume token that a response of this service held"));
  }
}
