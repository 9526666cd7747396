package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/**
 * Copies a stream as it comes, except for its last bytes: those wait until the stream has ended. A
 * client therefore cannot have its whole answer while git still works on it.
 */
final class HeldBackTail {

  /** More than what follows a pack's last object: its checksum, progress and a flush. */
  static final int WHOLE = 4096;

  private static final int BUFFER = 65536;

  private HeldBackTail() {}

  /**
   * Copies a stream to its end.
   *
   * @param tail how many bytes wait: {@link #WHOLE}, or none
   * @param count told of bytes that have come
   * @param beforeTail called when all have
   */
  static void copy(
      InputStream from, OutputStream to, int tail, IntConsumer count, Runnable beforeTail)
      throws IOException {
    byte[] buffer = new byte[tail + BUFFER];
    int held = 0;
    for (int read = from.read(buffer, 0, BUFFER);
        read >= 0;
        read = from.read(buffer, held, BUFFER)) {
      count.accept(read);
      int ready = Math.max(0, held + read - tail);
      to.write(buffer, 0, ready);
      to.flush();
      held += read - ready;
      System.arraycopy(buffer, ready, buffer, 0, held);
    }
    beforeTail.run();
    to.write(buffer, 0, held);
  }
}
