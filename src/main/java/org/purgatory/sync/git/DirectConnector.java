package org.purgatory.sync.git;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URL;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connects to a host's addresses in turn until one answers. Uses no proxy. */
final class DirectConnector implements Connector {

  private final int connectMillis;
  private final int stallMillis;

  DirectConnector(Duration connectTimeout, Duration stallTimeout) {
    this.connectMillis = millis(connectTimeout);
    this.stallMillis = millis(stallTimeout);
  }

  @Override
  public Socket connect(URL url, Consumer<Socket> opened) throws IOException {
    int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    Socket socket = connect(InetAddress.getAllByName(url.getHost()), port, opened);
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(stallMillis);
      return url.getProtocol().equals("https") ? encrypted(socket, url.getHost(), port) : socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private Socket connect(InetAddress[] addresses, int port, Consumer<Socket> opened)
      throws IOException {
    IOException failure = null;
    for (InetAddress address : addresses) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      opened.accept(socket);
      try {
        socket.connect(new InetSocketAddress(address, port), connectMillis);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
    }
    throw failure;
  }

  /** Names the host to the server (SNI), and requires a certificate for it. */
  private static Socket encrypted(Socket socket, String host, int port) throws IOException {
    String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket encrypted = (SSLSocket) factory.createSocket(socket, name, port, true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }

  private static int millis(Duration duration) {
    // Zero would mean for ever.
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis()));
  }
}
