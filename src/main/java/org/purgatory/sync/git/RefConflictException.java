package org.purgatory.sync.git;

import org.purgatory.sync.nostr.RefName;

/** Says that two refs cannot exist together, as one's name is a directory of the other's. */
final class RefConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RefConflictException(RefName one, RefName other) {
    super(one + " and " + other + " cannot exist in one repository");
  }
}
