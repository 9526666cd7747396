package org.purgatory.sync.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;

/** One request on its way through the server. */
final class Visit implements AutoCloseable {

  private static final String FIRST_REQUEST = "/info/refs";

  private final HttpExchange exchange;
  private final Traffic traffic;
  private boolean counted = true;

  Visit(HttpExchange exchange, Traffic traffic) {
    this.exchange = exchange;
    this.traffic = traffic;
    traffic.enter();
    if (startsFetch()) {
      String path = exchange.getRequestURI().getPath();
      traffic.fetchStarts(path.substring(1, path.length() - FIRST_REQUEST.length()));
    }
  }

  HttpExchange exchange() {
    return exchange;
  }

  boolean startsFetch() {
    return exchange.getRequestURI().getPath().endsWith(FIRST_REQUEST)
        && "service=git-upload-pack".equals(exchange.getRequestURI().getQuery());
  }

  /** Whether the client asks for what upload-pack has: the refs (protocol v2) or a pack. */
  boolean asksUploadPack() {
    return exchange.getRequestURI().getPath().endsWith("/git-upload-pack");
  }

  /** Answers without a body. */
  void answer(int status, Map<String, String> headers) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    countOut();
    exchange.sendResponseHeaders(status, -1);
  }

  /** So many more bytes are on their way. */
  void count(int bytes) {
    traffic.sent(bytes);
  }

  /** The client is about to see the end of the answer. */
  void countOut() {
    if (counted) {
      counted = false;
      traffic.leave();
    }
  }

  /** Ends the visit; a client that has no answer yet sees its connection closed. */
  @Override
  public void close() {
    countOut();
    exchange.close();
  }
}
