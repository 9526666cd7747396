package org.purgatory.sync.simulation;

import java.util.Set;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;

/**
 * A repository on somebody else's server, as it is in the beginning.
 *
 * @param url where
 * @param has its objects
 * @param partial whether it gives what it has of what is asked for; or else refuses the exchange
 * @param mood how it answers
 */
record Server(CloneUrl url, Set<Oid> has, boolean partial, Mood mood) {

  /** How a server answers. */
  enum Mood {
    /** As it should. */
    WELL,
    /** After a while. */
    SLOW,
    /** Never, though it takes the request. */
    STALLED,
    /** With an error. */
    FAILING,
    /** With the wish to be left alone for a while. */
    BUSY,
    /** It does not take the connection. */
    DOWN
  }
}
