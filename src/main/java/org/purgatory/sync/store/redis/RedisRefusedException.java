package org.purgatory.sync.store.redis;

/** Redis answered with an error. The first word of the message says which kind, such as OOM. */
final class RedisRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RedisRefusedException(String message) {
    super(message);
  }

  /** The kind of the error: its first word, in capitals by Redis' convention. */
  String kind() {
    return getMessage().split(" ", 2)[0];
  }
}
