package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** Stands before a server, encrypts or not, and counts and closes connections. */
public final class Gate implements AutoCloseable {

  private final ServerSocket socket;
  private final int target;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Background.threads("gate");

  private Gate(int target, ServerSocketFactory sockets) throws IOException {
    this.target = target;
    socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::serve);
  }

  /** Stands before a server on a port of the loopback interface. */
  public static Gate before(int target) throws IOException {
    return new Gate(target, ServerSocketFactory.getDefault());
  }

  /** As {@link #before(int)}, with sockets that may be encrypted on the clients' side. */
  public static Gate before(int target, ServerSocketFactory sockets) throws IOException {
    return new Gate(target, sockets);
  }

  /** Where clients connect to, on the loopback interface. */
  public int port() {
    return socket.getLocalPort();
  }

  /** How many connections were ever made. */
  public int connections() {
    return connections.get();
  }

  /** Closes all connections, as a server does with those that nobody uses. */
  public void closeConnections() throws IOException {
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
