package org.purgatory.sync.grpc;

import org.purgatory.sync.nostr.InvalidValueException;

/** How many entries of a list a request gets at once. */
final class PageSize {

  private static final int DEFAULT = 50;
  private static final int MOST = 1000;

  private PageSize() {}

  /**
   * Reads a page size.
   *
   * @param requested what the request says; 0 stands for nothing said
   * @return how many entries a page has at most: no more than 1000, whatever was asked for
   * @throws InvalidValueException if it is negative
   */
  static int read(int requested) {
    if (requested < 0) {
      throw new InvalidValueException("must not be negative, but is " + requested);
    }
    return requested == 0 ? DEFAULT : Math.min(requested, MOST);
  }
}
