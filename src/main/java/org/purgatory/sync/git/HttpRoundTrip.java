package org.purgatory.sync.git;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.eclipse.jgit.transport.http.HttpConnection;

/**
 * One request and its response, in JGit's terms. JGit follows redirects itself, as each goes
 * through the factory; it is never asked for credentials, as it never sees a server wanting them.
 */
final class HttpRoundTrip implements HttpConnection {

  /** Compressed, a few bytes could become any number. Packs are compressed anyway. */
  private static final String PLAIN = "identity";

  private static final Set<String> NEVER_SENT =
      Set.of("accept-encoding", "authorization", "cookie");
  private static final Set<String> NEVER_SEEN = Set.of("www-authenticate", "set-cookie");

  private final HttpExchange exchange;
  private final URL url;
  private final URI uri;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private String method = "GET";
  private ClassicHttpResponse response;
  private InputStream body;

  /**
   * Prepares a request.
   *
   * @param exchange sends it
   * @param url where to
   * @param uri the same
   */
  HttpRoundTrip(HttpExchange exchange, URL url, URI uri) {
    this.exchange = exchange;
    this.url = url;
    this.uri = uri;
  }

  @Override
  public void connect() throws IOException {
    if (response == null) {
      if (method.equals("POST") && RefsQuestion.isAskedBy(content.toByteArray())) {
        exchange.putOff(new RefsQuestion(this::request));
        response = new BasicClassicHttpResponse(200);
        response.setHeader("Content-Type", headers.get("Accept"));
        body = new ByteArrayInputStream(RefsQuestion.NO_REFS);
      } else {
        response = exchange.send(this::request);
        body = exchange.body();
      }
    }
  }

  private HttpUriRequestBase request() {
    HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
    headers.forEach(request::setHeader);
    request.setHeader(HttpHeaders.ACCEPT_ENCODING, PLAIN);
    if (method.equals("POST")) {
      request.setEntity(new ByteArrayEntity(content.toByteArray(), null));
    }
    return request;
  }

  @Override
  public int getResponseCode() throws IOException {
    connect();
    return response.getCode();
  }

  @Override
  public String getResponseMessage() throws IOException {
    connect();
    return response.getReasonPhrase();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    connect();
    return body;
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (response != null) {
      for (Header header : response.getHeaders()) {
        // JGit tells its log what it is redirected to.
        if (!NEVER_SEEN.contains(header.getName().toLowerCase(Locale.ROOT))
            && isPrintable(header.getValue())) {
          fields
              .computeIfAbsent(header.getName(), name -> new ArrayList<>())
              .add(header.getValue());
        }
      }
    }
    return fields;
  }

  private static boolean isPrintable(String value) {
    return value != null && value.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  @Override
  public String getHeaderField(String name) {
    List<String> values = getHeaderFields(name);
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public List<String> getHeaderFields(String name) {
    return getHeaderFields().getOrDefault(name, List.of());
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
      headers.put(key, value);
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
    return content;
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
    // The transport's business.
  }

  @Override
  public void setReadTimeout(int millis) {
    // The transport's business.
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
}
