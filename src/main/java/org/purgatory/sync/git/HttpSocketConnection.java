package org.purgatory.sync.git;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;

/**
 * One HTTP/1.1 request and its response, for JGit. The JDK's own client cannot be stopped while it
 * reads, nor be told which address to connect to. JGit follows redirects itself, as each goes
 * through the factory; it is never asked for credentials, as it never sees a server wanting them.
 */
final class HttpSocketConnection implements HttpConnection {

  private static final Set<String> NEVER_SENT = Set.of("authorization", "cookie");
  private static final Set<String> NEVER_SEEN = Set.of("www-authenticate", "set-cookie");

  private final HttpExchange exchange;
  private final URL url;
  private final Map<String, String> request = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String method = "GET";
  private ResponseHead head;
  private InputStream response;

  HttpSocketConnection(HttpExchange exchange, URL url) {
    this.exchange = exchange;
    this.url = url;
  }

  @Override
  public int getResponseCode() throws IOException {
    connect();
    return head.status();
  }

  @Override
  public String getResponseMessage() throws IOException {
    connect();
    return head.reason();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    connect();
    return response;
  }

  @Override
  public void connect() throws IOException {
    if (head != null) {
      return;
    }
    try {
      boolean reused = exchange.hasIdle();
      HttpExchange.Link link = exchange.link(url, false);
      try {
        roundTrip(link);
      } catch (EOFException | SocketException e) {
        if (!reused) {
          throw e;
        }
        // The server had closed the connection left from the request before, as it may.
        link.socket().close();
        roundTrip(exchange.link(url, true));
      }
    } catch (IOException e) {
      throw exchange.failed(e);
    }
  }

  private void roundTrip(HttpExchange.Link link) throws IOException {
    link.out().write(requestHead());
    link.out().write(body.toByteArray());
    link.out().flush();
    ResponseHead received = ResponseHead.read(link.in());
    Runnable onEnd =
        () -> {
          if (received.isPersistent()) {
            exchange.release(link);
          }
        };
    BodyStream stream = new BodyStream(link.in(), received, onEnd);
    response = new Noting(stream);
    head = received;
    exchange.responded(received.status(), stream);
  }

  private byte[] requestHead() {
    StringBuilder text = new StringBuilder();
    String file = url.getFile().isEmpty() ? "/" : url.getFile();
    text.append(method).append(' ').append(file).append(" HTTP/1.1\r\n");
    text.append("Host: ").append(url.getAuthority()).append("\r\n");
    request.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    if (method.equals("POST")) {
      text.append("Content-Length: ").append(body.size()).append("\r\n");
    }
    return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return head == null ? Map.of() : head.headers();
  }

  @Override
  public String getHeaderField(String name) {
    List<String> values = getHeaderFields(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    boolean hidden = head == null || NEVER_SEEN.contains(name.toLowerCase(Locale.ROOT));
    return hidden ? List.of() : head.headers().getOrDefault(name, List.of());
  }

  @Override
  public String getContentType() {
    return getHeaderField("Content-Type");
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public void setRequestProperty(String key, String value) {
    if (!NEVER_SENT.contains(key.toLowerCase(Locale.ROOT))) {
      request.put(key, value);
    }
  }

  @Override
  public void setRequestMethod(String name) {
    method = name;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  @Override
  public OutputStream getOutputStream() {
    return body;
  }

  @Override
  public boolean usingProxy() {
    return false;
  }

  @Override
  public void setUseCaches(boolean useCaches) {
    // There is none.
  }

  @Override
  public void setConnectTimeout(int millis) {
    // The connector's business.
  }

  @Override
  public void setReadTimeout(int millis) {
    // The connector's business.
  }

  @Override
  public void setInstanceFollowRedirects(boolean follow) {
    // Never: JGit does that.
  }

  @Override
  public void setDoOutput(boolean output) {
    // The method says it.
  }

  @Override
  public void setFixedLengthStreamingMode(int length) {
    // A request is kept whole, to be sent again on a fresh connection.
  }

  @Override
  public void setChunkedStreamingMode(int length) {
    // A request is kept whole, to be sent again on a fresh connection.
  }

  @Override
  public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
    throw new UnsupportedOperationException("certificates are always checked");
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    throw new UnsupportedOperationException("certificates are always checked");
  }

  /** Notes what breaks while the body is read. */
  private final class Noting extends FilterInputStream {

    Noting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        throw exchange.failed(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        throw exchange.failed(e);
      }
    }
  }
}
