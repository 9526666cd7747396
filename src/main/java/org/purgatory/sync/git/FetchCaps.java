package org.purgatory.sync.git;

/**
 * How much one fetch may bring. Whatever goes beyond is broken off, and nothing of it is kept.
 *
 * @param wireBytes bytes received over all connections: TLS, headers and all
 * @param talkBytes of these, bytes of responses besides the pack: the server's refs, its share of
 *     the negotiation, what it says meanwhile. JGit keeps them in memory
 * @param objects objects in the pack
 * @param objectBytes bytes of one object
 * @param inflatedBytes bytes of all objects together
 */
public record FetchCaps(
    long wireBytes, long talkBytes, int objects, long objectBytes, long inflatedBytes) {

  /** The refs of 60,000 branches and tags. A server of protocol v2 sends only those asked for. */
  private static final long TALK_BYTES = 4L << 20;

  /**
   * A pack holds each version as a difference, so that honest histories may be a hundred times as
   * large as their pack. None of it is kept inflated: the cap bounds the work.
   */
  private static final int INFLATED_PER_WIRE_BYTE = 20;

  /** Checks that something may be fetched. */
  public FetchCaps {
    if (Math.min(Math.min(wireBytes, talkBytes), Math.min(objectBytes, inflatedBytes)) < 1
        || objects < 1) {
      throw new IllegalArgumentException("caps must be at least 1");
    }
  }

  /**
   * The caps that an operator decides about, and those that follow from them.
   *
   * @param wireBytes at most a 64th of {@link Long#MAX_VALUE}
   * @param objects how many
   * @param objectBytes bytes of one object
   * @return the caps
   */
  public static FetchCaps of(long wireBytes, int objects, long objectBytes) {
    return new FetchCaps(
        wireBytes, TALK_BYTES, objects, objectBytes, INFLATED_PER_WIRE_BYTE * wireBytes);
  }

  /**
   * The caps that hold where an operator says nothing.
   *
   * @return the defaults
   */
  public static FetchCaps defaults() {
    return of(2L << 30, 5_000_000, 512L << 20);
  }
}
