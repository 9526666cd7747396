package org.purgatory.sync.sync;

import java.util.Locale;

/** Why a server is not tried for a while. */
public enum CircuitCause {
  /** Its host has no address, or does not take the connection. */
  UNREACHABLE,
  /** The encrypted connection could not be made. */
  TLS;

  /**
   * The cause's one word.
   *
   * @return lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a cause.
   *
   * @param label its one word
   * @return the cause
   * @throws IllegalArgumentException if it is none
   */
  public static CircuitCause ofLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
