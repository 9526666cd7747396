package org.purgatory.sync.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream of which whatever is read is read by one method, so that nothing passes it by. */
abstract class BlockInputStream extends FilterInputStream {

  BlockInputStream(InputStream in) {
    super(in);
  }

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public abstract int read(byte[] buffer, int offset, int length) throws IOException;

  @Override
  public final long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.max(0, Math.min(count, 8192))];
    return Math.max(0, read(skipped, 0, skipped.length));
  }

  @Override
  public final boolean markSupported() {
    return false;
  }
}
