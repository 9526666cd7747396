package org.purgatory.sync.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/**
 * The body of an HTTP/1.1 response (RFC 9112, sections 6 and 7): in chunks, of a known length, or
 * up to the connection's end. Knows whether it was read to its end.
 */
final class BodyStream extends InputStream {

  private static final int MOST_LINE_BYTES = 8 * 1024;

  private final InputStream in;
  private final boolean chunked;
  private final Runnable onEnd;

  /** What is left of the body, or of the chunk; negative if only the connection's end tells. */
  private long left;

  private boolean begun;
  private boolean ended;

  /**
   * Begins to read.
   *
   * @param in what follows the response's head
   * @param head says how long the body is
   * @param onEnd run once, when nothing of this response is left to be read from the connection
   */
  BodyStream(InputStream in, ResponseHead head, Runnable onEnd) throws IOException {
    this.in = in;
    this.chunked = head.isChunked();
    this.left = chunked ? 0 : head.contentLength();
    this.onEnd = onEnd;
    if (!chunked && left == 0) {
      end();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (chunked && left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int n = in.read(buffer, offset, left < 0 ? length : (int) Math.min(left, length));
    if (n < 0) {
      if (left < 0) {
        ended = true;
        return -1;
      }
      throw new EOFException("the server closed the connection");
    }
    if (left > 0) {
      left -= n;
      if (left == 0 && !chunked) {
        end();
      }
    }
    return n;
  }

  /** Reads the end mark if only that is left, so that the connection can be used again. */
  @Override
  public void close() throws IOException {
    if (chunked && left == 0 && !ended && in.available() > 0) {
      nextChunk();
    }
  }

  private void nextChunk() throws IOException {
    int[] most = {MOST_LINE_BYTES};
    if (begun && !ResponseHead.readLine(in, most).isEmpty()) {
      throw new ProtocolException("bad HTTP chunk");
    }
    begun = true;
    String size = ResponseHead.readLine(in, most).split(";", 2)[0].trim();
    if (!size.matches("[0-9a-fA-F]{1,15}")) {
      throw new ProtocolException("bad HTTP chunk");
    }
    left = Long.parseLong(size, 16);
    if (left == 0) {
      while (!ResponseHead.readLine(in, most).isEmpty()) {
        // Trailers say nothing that counts here.
      }
      end();
    }
  }

  private void end() {
    ended = true;
    onEnd.run();
  }
}
