package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HttpResponseTest {

  private final AtomicInteger ends = new AtomicInteger();

  @Test
  void aBodyOfKnownLengthEndsThere() throws Exception {
    InputStream in = in("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbodyHTTP/1.1");

    assertThat(body(in)).isEqualTo("body");
    assertThat(ends).hasValue(1);
    assertThat(in.readAllBytes()).asString().isEqualTo("HTTP/1.1");
  }

  @Test
  void chunksAreJoined() throws Exception {
    InputStream in =
        in(
            "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\nrest");

    assertThat(body(in)).isEqualTo("abc0123456789");
    assertThat(ends).hasValue(1);
    assertThat(in.readAllBytes()).asString().isEqualTo("rest");
  }

  @Test
  void aBodyWithoutLengthEndsWithTheConnection() throws Exception {
    assertThat(body(in("HTTP/1.0 200 OK\r\n\r\nall of it"))).isEqualTo("all of it");
    assertThat(ends).hasValue(0);
  }

  @Test
  void interimResponsesAreSkipped() throws Exception {
    ResponseHead head =
        ResponseHead.read(in("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n"));

    assertThat(head.status()).isEqualTo(404);
    assertThat(head.reason()).isEqualTo("Not Found");
  }

  @Test
  void aBodyThatIsCutOffIsAnError() {
    assertThatThrownBy(() -> body(in("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody")))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(
            () -> body(in("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nbody")))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void nonsenseIsAProtocolError() {
    assertNonsense("SSH-2.0-OpenSSH_9.2\r\n\r\n");
    assertNonsense("HTTP/1.1 200 OK\r\nno colon\r\n\r\n");
    assertNonsense("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n");
    assertNonsense("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx");
    assertNonsense("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n");
    assertNonsense("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");
  }

  private void assertNonsense(String response) {
    assertThatThrownBy(() -> body(in(response))).isInstanceOf(ProtocolException.class);
  }

  private String body(InputStream in) throws IOException {
    ResponseHead head = ResponseHead.read(in);
    try (BodyStream body = new BodyStream(in, head, ends::incrementAndGet)) {
      return new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
