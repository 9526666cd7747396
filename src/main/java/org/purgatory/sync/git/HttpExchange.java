package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.InvalidValueException;

/**
 * The HTTP side of one fetch: makes JGit's connections, and keeps what happened on them, so that a
 * failure is told by what it was and not by JGit's words. One thread works with it; any may abort
 * it. Once broken it stays so: JGit's own retries are not paid for.
 */
final class HttpExchange implements HttpConnectionFactory, AutoCloseable {

  private static final int MOST_REDIRECTS = 3;

  private final HttpTransport transport;
  private final FetchMeter meter;
  private int redirects;
  private HttpResponse last;
  private IOException failure;
  private boolean encrypted;

  /** Whom this exchange was paid for: the first URL's host, null before. */
  private Domain domain;

  private ResponseBody body;

  /** What JGit asked and the server was not, null if nothing. */
  private RefsQuestion refsQuestion;

  /** Guarded by this: what another thread may cancel. */
  private HttpUriRequestBase current;

  /**
   * Begins an exchange, on the thread that works with it. To be closed there.
   *
   * @param transport sends its requests
   * @param meter counts what comes
   */
  HttpExchange(HttpTransport transport, FetchMeter meter) {
    this.transport = transport;
    this.meter = meter;
    meter.begin();
  }

  FetchMeter meter() {
    return meter;
  }

  /** The last response's status, or 0. */
  int status() {
    return last == null ? 0 : last.getCode();
  }

  /** How long the last response asks everybody to stay away, if there was one and it does. */
  Optional<Duration> retryAfter(Clock clock) {
    return Optional.ofNullable(last).flatMap(response -> RetryAfter.of(response, clock));
  }

  /** What broke a connection first, or null. */
  IOException failure() {
    return failure;
  }

  /** Ends all that this exchange is doing on the network, from any thread. */
  synchronized void abort() {
    meter.abort();
    if (current != null) {
      current.cancel();
    }
  }

  /** Aborts if the server takes no more of a request. From any thread. */
  void abortIfStuck() {
    if (meter.isStuck()) {
      abort();
    }
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      return new HttpRoundTrip(this, url, checked(url));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    return create(url);
  }

  /**
   * Sends a request. The response before it is over then.
   *
   * @param requests makes the request, anew for each time that it is sent
   */
  ClassicHttpResponse send(Supplier<HttpUriRequestBase> requests) throws IOException {
    if (body != null) {
      body.finish();
    }
    try {
      ClassicHttpResponse response = transport.send(() -> begun(requests.get()));
      last = response;
      requirePlain(response);
      requireFewRedirects();
      HttpEntity entity = response.getEntity();
      InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent();
      body = new ResponseBody(content, this);
      return response;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Keeps a question that is answered without the server, for now. */
  void putOff(RefsQuestion question) {
    refsQuestion = question;
  }

  /** The question that was put off, if any was. */
  Optional<RefsQuestion> refsQuestion() {
    return Optional.ofNullable(refsQuestion);
  }

  /** The last response's body. */
  InputStream body() {
    return body;
  }

  /** Notes what broke the exchange, unless something did before; answers its argument. */
  IOException failed(IOException e) {
    if (failure == null) {
      failure = meter.failure() == null ? e : meter.failure();
    }
    return e;
  }

  /** Ends the connection of the last request, unless that is free already. */
  synchronized void cancel() {
    current.cancel();
  }

  /**
   * Keeps the connection for later exchanges. To be called when the server has said all that is
   * wanted, as its last bytes are waited for.
   */
  void finish() {
    if (body != null && failure == null) {
      body.finish();
    }
  }

  /** Ends what is not finished. */
  @Override
  public void close() {
    abort();
    meter.end();
  }

  /** JGit would decompress it, however much comes out, though nobody asked for compression. */
  private static void requirePlain(ClassicHttpResponse response) throws IOException {
    Header encoding = response.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.getValue().equalsIgnoreCase("identity")) {
      throw new ClientProtocolException("the response is compressed");
    }
  }

  private void requireFewRedirects() throws IOException {
    if (status() / 100 == 3 && ++redirects > MOST_REDIRECTS) {
      throw new BlockedTargetException("redirected more than " + MOST_REDIRECTS + " times");
    }
  }

  private synchronized HttpUriRequestBase begun(HttpUriRequestBase request) {
    current = request;
    if (meter.isAborted()) {
      request.cancel();
    }
    return request;
  }

  private URI checked(URL url) throws IOException {
    boolean https = url.getProtocol().equals("https");
    if (!https && !url.getProtocol().equals("http")) {
      throw new BlockedTargetException("only http and https");
    }
    if (encrypted && !https) {
      throw new BlockedTargetException("redirected from https to http");
    }
    if (url.getUserInfo() != null) {
      throw new BlockedTargetException("redirected to a URL with credentials");
    }
    try {
      URI uri = url.toURI();
      Domain host = Domain.of(url.getHost());
      if (domain != null && !host.equals(domain)) {
        throw new BlockedTargetException("redirected to another host");
      }
      encrypted = https;
      domain = host;
      return uri;
    } catch (URISyntaxException | InvalidValueException e) {
      throw new MalformedURLException("redirected to what is no URL");
    }
  }
}
