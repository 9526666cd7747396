package org.purgatory.sync.git;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Status line and headers of an HTTP/1.1 response (RFC 9112).
 *
 * @param status the status code, 100 to 599
 * @param reason what the server says about it, possibly empty
 * @param headers values by name, in any case
 */
record ResponseHead(int status, String reason, Map<String, List<String>> headers) {

  private static final int MOST_BYTES = 64 * 1024;

  /** Reads the head of the final response: interim ones are skipped. */
  static ResponseHead read(InputStream in) throws IOException {
    int[] left = {MOST_BYTES};
    ResponseHead head;
    do {
      head = readOne(in, left);
    } while (head.status < 200);
    return head;
  }

  /** The first value of a header, or null. */
  String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }

  boolean isChunked() {
    String coding = header("Transfer-Encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).trim().endsWith("chunked");
  }

  /** How long the body is, or -1 if the head does not say. */
  long contentLength() throws ProtocolException {
    List<String> values = headers.get("Content-Length");
    if (values == null) {
      return -1;
    }
    String length = values.get(0);
    if (values.stream().distinct().count() > 1 || !length.matches("[0-9]{1,18}")) {
      throw new ProtocolException("bad Content-Length");
    }
    return Long.parseLong(length);
  }

  /** Whether the connection can be used for a further request. */
  boolean isPersistent() {
    String connection = header("Connection");
    return connection == null || !connection.toLowerCase(Locale.ROOT).contains("close");
  }

  /** Reads a line that ends in LF or CRLF, without its end. */
  static String readLine(InputStream in, int[] left) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (--left[0] < 0) {
        throw new ProtocolException("the HTTP header is too long");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private static ResponseHead readOne(InputStream in, int[] left) throws IOException {
    String statusLine = readLine(in, left);
    if (!statusLine.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
      throw new ProtocolException("not an HTTP/1.1 response");
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = readLine(in, left); !line.isEmpty(); line = readLine(in, left)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("bad HTTP header");
      }
      headers
          .computeIfAbsent(line.substring(0, colon).trim(), name -> new ArrayList<>())
          .add(line.substring(colon + 1).trim());
    }
    String reason = statusLine.length() > 13 ? statusLine.substring(13) : "";
    return new ResponseHead(Integer.parseInt(statusLine.substring(9, 12)), reason, headers);
  }
}
