package org.purgatory.sync.git;

import java.net.UnknownHostException;

/**
 * Says that we do not connect there. The message may be shown to anyone. To whoever resolves names
 * the host has no address then, which is all that HTTP clients understand.
 */
final class BlockedTargetException extends UnknownHostException {

  private static final long serialVersionUID = 1L;

  BlockedTargetException(String message) {
    super(message);
  }
}
