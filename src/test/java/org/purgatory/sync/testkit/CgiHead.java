package org.purgatory.sync.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The head of a CGI program's answer (RFC 3875).
 *
 * @param status the HTTP status, 200 unless the program says otherwise
 * @param headers the header fields for the client
 */
record CgiHead(int status, Map<String, String> headers) {

  /** Reads up to the empty line and leaves the stream at the body. */
  static CgiHead read(InputStream stream) throws IOException {
    int status = 200;
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(stream); !line.isEmpty(); line = line(stream)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon);
      String value = line.substring(colon + 1).strip();
      if (name.equalsIgnoreCase("Status")) {
        status = Integer.parseInt(value.split(" ")[0]);
      } else if (!name.equalsIgnoreCase("Content-Length")) { // The server sends chunks.
        headers.put(name, value);
      }
    }
    return new CgiHead(status, headers);
  }

  private static String line(InputStream stream) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = stream.read(); b != '\n'; b = stream.read()) {
      if (b < 0) {
        throw new EOFException("git http-backend ended without an answer");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }
}
