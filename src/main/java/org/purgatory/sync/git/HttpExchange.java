package org.purgatory.sync.git;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * The HTTP side of one fetch: makes JGit's connections, on as few sockets as possible, and keeps
 * what happened on them, so that a failure is told by what it was and not by JGit's words. One
 * thread works with it; any may abort it. Once broken it stays so: JGit's own retries are not paid
 * for.
 */
final class HttpExchange implements HttpConnectionFactory, AutoCloseable {

  private static final int BUFFER = 32 * 1024;

  private final Connector connector;
  private long bytes;
  private int status;
  private IOException failure;
  private boolean encrypted;
  private Link idle;
  private BodyStream body;

  /** Guarded by this, as is {@link #aborted}: what another thread may close. */
  private Socket current;

  private boolean aborted;

  HttpExchange(Connector connector) {
    this.connector = connector;
  }

  /** A connection to a server: what is buffered of it belongs to it. */
  record Link(String origin, Socket socket, InputStream in, OutputStream out) {}

  /** Bytes received so far. */
  long bytes() {
    return bytes;
  }

  /** The last response's status, or 0. */
  int status() {
    return status;
  }

  /** What broke a connection first, or null. */
  IOException failure() {
    return failure;
  }

  /** Ends all that this exchange is doing on the network, from any thread. */
  void abort() {
    synchronized (this) {
      aborted = true;
    }
    closeCurrent();
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      return new HttpSocketConnection(this, checked(url));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    return create(url);
  }

  /** A connection to the URL's server: the one left from the request before, or a new one. */
  Link link(URL url, boolean fresh) throws IOException {
    String origin = url.getProtocol() + "://" + url.getAuthority();
    Link left = idle;
    idle = null;
    if (left != null && !fresh && left.origin.equals(origin)) {
      return left;
    }
    closeCurrent();
    Socket socket = connector.connect(url, this::opened);
    opened(socket);
    InputStream in = new BufferedInputStream(new Counting(socket.getInputStream()), BUFFER);
    return new Link(origin, socket, in, socket.getOutputStream());
  }

  /** Whether a connection from an earlier request could be used. */
  boolean hasIdle() throws IOException {
    if (idle == null && body != null) {
      // JGit does not always read a response to its very end.
      body.close();
    }
    return idle != null;
  }

  /** Takes a connection back that nothing is left to be read from. */
  void release(Link link) {
    idle = link;
  }

  void responded(int code, BodyStream stream) {
    status = code;
    body = stream;
  }

  /** Notes what broke the exchange, unless something did before; answers its argument. */
  <E extends IOException> E failed(E e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }

  @Override
  public void close() {
    abort();
  }

  private URL checked(URL url) throws IOException {
    boolean https = url.getProtocol().equals("https");
    if (!https && !url.getProtocol().equals("http")) {
      throw new RefusedException("only http and https");
    }
    if (encrypted && !https) {
      throw new RefusedException("redirected from https to http");
    }
    if (url.getUserInfo() != null) {
      throw new RefusedException("redirected to a URL with credentials");
    }
    encrypted = https;
    return url;
  }

  private void opened(Socket socket) {
    synchronized (this) {
      if (!aborted) {
        current = socket;
        return;
      }
    }
    closeQuietly(socket);
  }

  private void closeCurrent() {
    Socket victim;
    synchronized (this) {
      victim = current;
      current = null;
    }
    if (victim != null) {
      closeQuietly(victim);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more, closed or not.
    }
  }

  /** Counts what comes in. */
  private final class Counting extends FilterInputStream {

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      bytes += Math.max(n, 0);
      return n;
    }
  }
}
