package org.purgatory.sync.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;

/**
 * Serves the bare repositories below a directory over http or https on loopback, as a stranger's
 * git server would, and misbehaves when told to. One of {@link #answerNormally}, {@link #slow},
 * {@link #fail}, {@link #stall}, {@link #hangUp} and {@link #redirectTo} holds at a time, for
 * requests that come in from then on.
 */
public final class GitHttpServer implements AutoCloseable {

  static {
    // Read once, when the JDK's server class loads. Nagle's algorithm makes 150 ms out of 30.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final String host;
  private final Optional<SSLContext> tls;
  private final GitHttpBackend git;
  private final Traffic traffic = new Traffic();
  private final OneTimeHold fetchHold = new OneTimeHold(Visit::startsFetch);
  private final OneTimeHold uploadPackHold = new OneTimeHold(Visit::asksUploadPack);

  /** Unbounded, so that held and stalled requests take nothing from the others. */
  private final ExecutorService executor = Background.threads("git-http-server");

  private volatile Behaviour behaviour = Behaviour.NORMAL;
  private HttpServer server;
  private int port;

  private GitHttpServer(Path root, String host, Optional<SSLContext> tls) {
    this.host = host;
    this.tls = tls;
    this.git = new GitHttpBackend(root, executor);
  }

  /** Starts a server on 127.0.0.1. */
  public static GitHttpServer serving(Path root) {
    return serving(root, "127.0.0.1");
  }

  /**
   * Starts a server on any loopback address, for example {@code 127.0.0.2}: another domain to
   * whoever counts by host.
   */
  public static GitHttpServer serving(Path root, String loopbackHost) {
    return started(new GitHttpServer(root, loopbackHost, Optional.empty()));
  }

  /** Starts a server of https, with the certificate that the context holds. */
  public static GitHttpServer serving(Path root, String loopbackHost, SSLContext tls) {
    return started(new GitHttpServer(root, loopbackHost, Optional.of(tls)));
  }

  private static GitHttpServer started(GitHttpServer server) {
    server.up();
    return server;
  }

  /** The clone URL of a repository, given by its path below the root. */
  public String url(String repositoryPath) {
    return baseUrl() + "/" + UrlPath.encode(repositoryPath);
  }

  /** The server's URL without a path and without a slash at its end. */
  public String baseUrl() {
    return (tls.isPresent() ? "https" : "http") + "://" + host + ":" + port;
  }

  /** The port. */
  public int port() {
    return port;
  }

  /** What the server has seen. */
  public Traffic traffic() {
    return traffic;
  }

  /** Git answers at once. */
  public void answerNormally() {
    behaviour = Behaviour.NORMAL;
  }

  /** Git speaks version 0 of its protocol, as old servers do: it greets with all its refs. */
  public void speakOldProtocol() {
    git.speakOldProtocol();
  }

  /**
   * Passes on at once what git writes, as servers do. Without this the end of an answer waits until
   * git has done its work, so that {@link Traffic} never counts a request for too long.
   */
  public void holdNothingBack() {
    git.holdNothingBack();
  }

  /** Git answers each request after a delay. */
  public void slow(Duration perRequest) {
    behaviour = new Slow(perRequest);
  }

  /** Each request is answered with this status. */
  public void fail(int httpStatus) {
    behaviour = new Failing(httpStatus, Map.of());
  }

  /** Each request is answered with this status and a {@code Retry-After} in whole seconds. */
  public void fail(int httpStatus, Duration retryAfter) {
    behaviour = new Failing(httpStatus, Map.of("Retry-After", "" + retryAfter.toSeconds()));
  }

  /** Requests are accepted and not answered until the hold is released or the server closed. */
  public Hold stall() {
    Hold hold = new Hold();
    behaviour = hold;
    return hold;
  }

  /** Connections are closed without an answer. */
  public void hangUp() {
    behaviour = Behaviour.HANG_UP;
  }

  /** Each request is redirected (301) to the same path below another base URL. */
  public void redirectTo(String otherBaseUrl) {
    behaviour = new Redirecting(otherBaseUrl);
  }

  /** Holds the next fetch, and only that one, at its first request. */
  public Hold holdNextFetch() {
    return fetchHold.arm();
  }

  /** Holds the next request to upload-pack: its fetch has seen what the server advertises. */
  public Hold holdNextUploadPack() {
    return uploadPackHold.arm();
  }

  /** Closes the port: connections break and new ones are refused. */
  public synchronized void down() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  /** Opens the port again, the same as before. */
  public synchronized void up() {
    if (server != null) {
      return;
    }
    try {
      server = create(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = server.getAddress().getPort();
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  private HttpServer create(InetSocketAddress address) throws IOException {
    if (tls.isEmpty()) {
      return HttpServer.create(address, 0);
    }
    HttpsServer encrypted = HttpsServer.create(address, 0);
    encrypted.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
    return encrypted;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (Visit visit = new Visit(exchange, traffic)) {
      boolean settled =
          fetchHold.settles(visit) || uploadPackHold.settles(visit) || behaviour.settles(visit);
      if (!settled) {
        git.answer(visit);
      }
    } catch (InterruptedException e) {
      // The server is closing, and with it the connection.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    down();
    executor.shutdownNow();
  }
}
