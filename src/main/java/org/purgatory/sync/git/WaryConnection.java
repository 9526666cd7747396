package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.io.CloseMode;

/**
 * A connection to a server that may be up to anything: what precedes a body is bounded, and closing
 * never waits for the other side. A graceful end of TLS would, and in the pool's lock at that.
 */
final class WaryConnection extends DefaultBHttpClientConnection
    implements ManagedHttpClientConnection {

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(8 * 1024).setMaxHeaderCount(100).build();

  private static final int MOST_INTERIM = 8;

  private volatile boolean closed;
  private int interim;

  WaryConnection() {
    // The default parser would not know the limits.
    super(LIMITS, null, null, null, null, null, new DefaultHttpResponseParserFactory(LIMITS));
  }

  @Override
  public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
    ClassicHttpResponse response = super.receiveResponseHeader();
    interim = response.getCode() < HttpStatus.SC_SUCCESS ? interim + 1 : 0;
    if (interim > MOST_INTERIM) {
      throw new ProtocolException("too many interim responses");
    }
    return response;
  }

  /** Called before the socket is connected too, so that another thread can end even that. */
  @Override
  protected void bind(SocketHolder holder) throws IOException {
    super.bind(holder);
    if (closed) {
      super.close(CloseMode.IMMEDIATE);
      throw new InterruptedIOException("closed while connecting");
    }
  }

  @Override
  public void close() {
    close(CloseMode.IMMEDIATE);
  }

  @Override
  public void close(CloseMode mode) {
    closed = true;
    super.close(CloseMode.IMMEDIATE);
  }

  @Override
  public Socket getSocket() {
    SocketHolder holder = getSocketHolder();
    return holder == null ? null : holder.getSocket();
  }

  @Override
  public SSLSession getSSLSession() {
    Socket socket = getSocket();
    return socket instanceof SSLSocket ? ((SSLSocket) socket).getSession() : null;
  }

  @Override
  public void passivate() {
    // Nobody reads meanwhile.
  }

  @Override
  public void activate() {
    // All is as it was left.
  }
}
