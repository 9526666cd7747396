package org.purgatory.sync.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.purgatory.sync.testkit.GitHttpServer;

/** Stands before a git server, encrypted or not, and counts and closes connections. */
final class Gate implements AutoCloseable {

  private final ServerSocket socket;
  private final int target;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(DaemonThreads.named("gate"));

  private Gate(GitHttpServer server, ServerSocketFactory sockets) throws IOException {
    target = URI.create(server.baseUrl()).getPort();
    socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::serve);
  }

  static Gate before(GitHttpServer server) throws IOException {
    return new Gate(server, ServerSocketFactory.getDefault());
  }

  static Gate before(GitHttpServer server, ServerSocketFactory sockets) throws IOException {
    return new Gate(server, sockets);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** How many connections were ever made. */
  int connections() {
    return connections.get();
  }

  /** Closes all connections, as a server does with those that nobody uses. */
  void closeConnections() throws IOException {
    for (Socket client : open) {
      client.close();
    }
    open.clear();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        connections.incrementAndGet();
        open.add(client);
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        threads.execute(() -> copy(client, server));
        threads.execute(() -> copy(server, client));
      } catch (IOException e) {
        // The socket is closed, or the server down; clients see it.
        continue;
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException e) {
      // One side has gone, and so goes the other.
      return;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
      closeConnections();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
