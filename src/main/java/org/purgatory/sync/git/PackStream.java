package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InputStream;

/** A pack as it comes, told apart from whatever else a server sends. */
final class PackStream extends BlockInputStream {

  private final FetchMeter meter;

  /**
   * Begins with the pack's first byte.
   *
   * @param in the pack
   * @param meter counts it
   */
  PackStream(InputStream in, FetchMeter meter) {
    super(in);
    this.meter = meter;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    meter.awaitPack(length);
    int n = in.read(buffer, offset, length);
    meter.receivedPack(n);
    return n;
  }
}
