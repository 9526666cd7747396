package org.purgatory.sync.store.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redis answered with an error. The first word of the message says which kind, such as OOM. */
final class RedisRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Redis 6.2 wraps what a command in a script met: ERR Error running script (…): … -OOM …. */
  private static final Pattern IN_SCRIPT =
      Pattern.compile("ERR Error running script.*? -([A-Z]+) .*", Pattern.DOTALL);

  RedisRefusedException(String message) {
    super(message);
  }

  /** The kind of the error: its first word, in capitals by Redis' convention. */
  String kind() {
    Matcher inScript = IN_SCRIPT.matcher(getMessage());
    return inScript.matches() ? inScript.group(1) : getMessage().split(" ", 2)[0];
  }
}
