package org.purgatory.sync.git;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;

/**
 * Tells the exchange that works with it how much came and how long that took, TLS included, and
 * when it is writing.
 */
final class MeteredSocket extends Socket {

  /** The socket is not connected yet. */
  MeteredSocket() {
    // A plain new Socket() would heed the system's proxy properties.
    super(Proxy.NO_PROXY);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Metered(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Watched(super.getOutputStream());
  }

  private static final class Watched extends FilterOutputStream {

    Watched(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      FetchMeter meter = FetchMeter.ofThisThread();
      if (meter == null) {
        out.write(buffer, offset, length);
        return;
      }
      meter.writing(true);
      try {
        out.write(buffer, offset, length);
      } finally {
        meter.writing(false);
      }
    }
  }

  private static final class Metered extends BlockInputStream {

    Metered(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long begin = System.nanoTime();
      int count = in.read(buffer, offset, length);
      FetchMeter meter = FetchMeter.ofThisThread();
      if (meter != null) {
        meter.received(count, System.nanoTime() - begin);
      }
      return count;
    }
  }
}
