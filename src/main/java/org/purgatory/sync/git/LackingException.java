package org.purgatory.sync.git;

import java.util.Set;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;

/** A server does not have what it was, or would have been, asked for. */
final class LackingException extends TransportException {

  private final transient Set<ObjectId> objects;

  /**
   * Nothing came.
   *
   * @param objects what need not be asked for again soon; not empty
   */
  LackingException(Set<ObjectId> objects) {
    super("the server does not have " + objects);
    this.objects = objects;
  }

  Set<ObjectId> objects() {
    return objects;
  }
}
