package org.purgatory.sync.sync;

import java.util.Locale;

/** Why a fetch brought nothing: the closed set that status, metrics and logs share. */
public enum FetchFailure {
  /** We do not connect there. */
  REFUSED,
  /** The host has no address, or does not take the connection. */
  UNREACHABLE,
  /** The encrypted connection could not be made. */
  TLS,
  /** The server could not be reached lately, and was not tried. */
  CIRCUIT_OPEN,
  /** The server was too slow: connecting, between two reads, or over all. */
  TIMEOUT,
  /** The server has no such repository. */
  NOT_FOUND,
  /** The server wants credentials, which are never sent. */
  UNAUTHORIZED,
  /** The server asks for patience. */
  RATE_LIMITED,
  /** The server failed. */
  SERVER_ERROR,
  /** What came was not git's protocol. */
  PROTOCOL,
  /** What came were broken or dangerous objects. */
  BAD_OBJECTS,
  /** More came than is allowed. */
  TOO_LARGE,
  /** The fetch could not be stored here. */
  LOCAL;

  /**
   * The failure's one word in status, metrics and logs.
   *
   * @return lower case, with underscores
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
