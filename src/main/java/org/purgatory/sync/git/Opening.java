package org.purgatory.sync.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * How one exchange opens: with a greeting that is known, or with the server's own, which is written
 * down in case that the exchange goes well.
 */
final class Opening {

  /** Those of servers are some hundred bytes long. */
  private static final int MOST_BYTES = 2 * 1024;

  private final KnownGreetings greetings;
  private URI url;
  private String contentType;
  private Tape tape;

  Opening(KnownGreetings greetings) {
    this.greetings = greetings;
  }

  /** The greeting that the server need not be asked for. */
  Optional<Greeting> known(URI url) {
    boolean first = this.url == null;
    this.url = first ? url : this.url;
    return first ? greetings.at(url) : Optional.empty();
  }

  /**
   * The server answers the first request, or one that it was redirected to.
   *
   * @param body of the response
   * @return what is to be read in its place
   */
  InputStream heard(URI from, ClassicHttpResponse response, InputStream body) {
    Header type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    if (!from.equals(url) || response.getCode() != 200 || type == null) {
      return body;
    }
    contentType = type.getValue();
    tape = new Tape(body);
    return tape;
  }

  /**
   * The exchange has ended.
   *
   * @param well whether the greeting is one to begin with the next time
   */
  void ended(boolean well) {
    if (url == null) {
      return;
    }
    if (!well) {
      greetings.forget(url);
    } else if (tape != null && tape.heard.size() <= MOST_BYTES) {
      greetings.note(url, new Greeting(contentType, tape.heard.toByteArray()));
    }
  }

  private static final class Tape extends BlockInputStream {

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Tape(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      if (n > 0 && heard.size() <= MOST_BYTES) {
        heard.write(buffer, offset, n);
      }
      return n;
    }
  }
}
