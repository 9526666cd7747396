package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a server sends in a response: counted, and what breaks it noted. Once read to its end, the
 * connection is free for a further request.
 */
final class ResponseBody extends BlockInputStream {

  /** How much more is read for the sake of the connection: an end mark, a redirect's page. */
  private static final int MOST_REST = 4 * 1024;

  private final HttpExchange exchange;

  /**
   * Begins to read.
   *
   * @param content the body; must not be closed, as that would read it to its end, however far
   * @param exchange what it belongs to
   */
  ResponseBody(InputStream content, HttpExchange exchange) {
    super(content);
    this.exchange = exchange;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = in.read(buffer, offset, length);
      exchange.meter().receivedBody(n);
      return n;
    } catch (IOException e) {
      throw exchange.failed(e);
    }
  }

  /** Nothing: whether the rest has come is seen when there is nothing better to do. */
  @Override
  public void close() {}

  /** Keeps the connection if little is left of the body, or else ends it. */
  void finish() {
    try {
      if (in.readNBytes(MOST_REST).length == MOST_REST) {
        exchange.cancel();
      }
    } catch (IOException e) {
      // Nobody wants the rest.
      exchange.cancel();
    }
  }
}
