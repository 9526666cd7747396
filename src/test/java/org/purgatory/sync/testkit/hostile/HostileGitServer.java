package org.purgatory.sync.testkit.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** A git server on loopback whose every byte is told to it. */
public final class HostileGitServer implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *([0-9]+)");

  private final Script script;
  private final ServerSocket socket;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();

  private HostileGitServer(String host, Script script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 50, InetAddress.getByName(host));
    start("accept", this::accept);
  }

  /** What is said to whoever asks. */
  @FunctionalInterface
  public interface Script {

    /**
     * Answers a request, HTTP's head included.
     *
     * @param body what the client sent
     * @return whether the connection lives on
     */
    boolean answer(Asked asked, String body, OutputStream out) throws IOException;

    /** Thrown to end a connection by a reset. */
    final class Reset extends IOException {
      private static final long serialVersionUID = 1L;
    }
  }

  /** Starts a server on 127.0.0.1. */
  public static HostileGitServer saying(Script script) throws IOException {
    return saying("127.0.0.1", script);
  }

  /** Starts a server on a loopback address of its own: another domain. */
  public static HostileGitServer saying(String host, Script script) throws IOException {
    return new HostileGitServer(host, script);
  }

  /** Starts a server that has one pack, and a fault. */
  public static HostileGitServer playing(Fault fault, byte[] pack) throws IOException {
    return playing("127.0.0.1", fault, pack);
  }

  /** Starts a server on a loopback address of its own that has one pack, and a fault. */
  public static HostileGitServer playing(String host, Fault fault, byte[] pack) throws IOException {
    return saying(host, fault.script(pack));
  }

  /** The URL to clone from. */
  public String url() {
    return "http://"
        + socket.getInetAddress().getHostAddress()
        + ":"
        + socket.getLocalPort()
        + "/x";
  }

  /** How many requests have come in. */
  public int requests() {
    return requests.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        client.setTcpNoDelay(true);
        connections.add(client);
        start("serve", () -> serve(client));
      } catch (IOException e) {
        // Closed, by whichever side.
        continue;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      serve(client, new BufferedInputStream(client.getInputStream()));
    } catch (IOException e) {
      // The client went away, as it should.
    } finally {
      connections.remove(client);
    }
  }

  private void serve(Socket client, InputStream in) throws IOException {
    try {
      boolean open = true;
      while (open) {
        String head = head(in);
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        requests.incrementAndGet();
        String text = text(head, body);
        Asked asked = Asked.of(head.substring(0, head.indexOf(' ')), text);
        open = script.answer(asked, text, client.getOutputStream());
      }
      client.shutdownOutput();
      in.skip(Long.MAX_VALUE);
    } catch (Script.Reset e) {
      client.setSoLinger(true, 0);
    }
  }

  private static String text(String head, byte[] body) throws IOException {
    if (!head.contains("Content-Encoding: gzip")) {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return new String(plain.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lineEnds = 0;
    while (lineEnds < 4) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
      lineEnds = next == "\r\n\r\n".charAt(lineEnds) ? lineEnds + 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "hostile-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
