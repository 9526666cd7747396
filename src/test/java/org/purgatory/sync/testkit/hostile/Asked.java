package org.purgatory.sync.testkit.hostile;

/** What a client of git's smart protocol asks for. */
public enum Asked {
  /** What the server can do, and its refs in older versions of the protocol. */
  REFS,
  /** The refs, in version 2. */
  LISTING,
  /** Objects. */
  PACK;

  static Asked of(String method, String body) {
    if (method.equals("GET")) {
      return REFS;
    }
    return body.contains("command=ls-refs") ? LISTING : PACK;
  }
}
