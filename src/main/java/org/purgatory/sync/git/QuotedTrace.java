package org.purgatory.sync.git;

import static org.purgatory.sync.nostr.Quoted.quoted;

/**
 * What an exception tells a log, with its message on one line: much of that may be a server's, and
 * would forge lines.
 */
final class QuotedTrace extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int MOST_CAUSES = 8;

  private QuotedTrace(Throwable original, Throwable cause) {
    super(
        original.getClass().getName() + " " + quoted(String.valueOf(original.getMessage())), cause);
    setStackTrace(original.getStackTrace());
  }

  /** Copies an exception and its causes. */
  static Throwable copyOf(Throwable e) {
    return copyOf(e, MOST_CAUSES);
  }

  private static Throwable copyOf(Throwable e, int most) {
    return e == null || most == 0 ? null : new QuotedTrace(e, copyOf(e.getCause(), most - 1));
  }
}
