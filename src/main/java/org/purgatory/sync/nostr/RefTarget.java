package org.purgatory.sync.nostr;

import java.util.Optional;

/**
 * Where a ref of a state points: at an object, or symbolically at another ref. A symbolic one names
 * no object, but the ref exists for the author and must not be deleted.
 *
 * @param oid the object, or empty if the ref is symbolic
 */
public record RefTarget(Optional<Oid> oid) {

  /** Points at another ref. */
  public static final RefTarget SYMBOLIC = new RefTarget(Optional.empty());

  /**
   * Points at an object.
   *
   * @param oid the object
   * @return the target
   */
  public static RefTarget at(Oid oid) {
    return new RefTarget(Optional.of(oid));
  }
}
