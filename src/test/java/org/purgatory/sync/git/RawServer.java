package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/** A server that writes what it likes to whoever connects, whatever is asked. */
final class RawServer implements AutoCloseable {

  /** How the answer of a git server begins that is asked for its refs; more headers may follow. */
  static final String ADVERTISEMENT =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n";

  /** How the body of that answer begins. */
  static final String SERVICE = "001e# service=git-upload-pack\n0000";

  private final ServerSocket socket;
  private final CountDownLatch visited = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private RawServer(Speech speech) throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(() -> serve(speech), "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  interface Speech {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  /** Says one thing and ends the connection. */
  static RawServer saying(String text) throws IOException {
    return new RawServer(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Says one thing at once, and then another again and again, for ever. */
  static RawServer trickling(String start, String drop, Duration every) throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    return new RawServer(
        out -> {
          out.write(start.getBytes(StandardCharsets.ISO_8859_1));
          while (!never.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
            out.write(drop.getBytes(StandardCharsets.ISO_8859_1));
          }
        });
  }

  /** Says one thing, and then another again and again, as fast as it goes. */
  static RawServer flooding(String start, String drop) throws IOException {
    return counting(start, i -> drop);
  }

  /** Says one thing, and then others without end, as fast as it goes. */
  static RawServer counting(String start, IntFunction<String> drops) throws IOException {
    return new RawServer(
        out -> {
          BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
          buffered.write(start.getBytes(StandardCharsets.ISO_8859_1));
          for (int i = 0; ; i++) {
            buffered.write(drops.apply(i).getBytes(StandardCharsets.ISO_8859_1));
          }
        });
  }

  /** Says one thing on the first connection, and on those after it what never ends. */
  static RawServer inTurn(String first, String start, String drop) throws IOException {
    return inTurn(
        first,
        out -> {
          out.write(start.getBytes(StandardCharsets.ISO_8859_1));
          while (true) {
            out.write(drop.getBytes(StandardCharsets.ISO_8859_1));
          }
        });
  }

  private static RawServer inTurn(String first, Speech others) throws IOException {
    AtomicBoolean begun = new AtomicBoolean();
    return new RawServer(
        out -> {
          if (begun.compareAndSet(false, true)) {
            out.write(first.getBytes(StandardCharsets.ISO_8859_1));
          } else {
            others.to(out);
          }
        });
  }

  /** Says one thing on the first connection; those after it are taken, and nothing read. */
  static RawServer deaf(String first) throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    return inTurn(first, out -> never.await());
  }

  /** Takes connections and says nothing. */
  static RawServer silent() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    return new RawServer(out -> never.await());
  }

  String url(String scheme) {
    return scheme + "://127.0.0.1:" + socket.getLocalPort() + "/project.git";
  }

  /** Waits until somebody has connected. */
  void awaitVisit(Duration limit) throws InterruptedException {
    assertThat(visited.await(limit.toNanos(), TimeUnit.NANOSECONDS)).as("visited").isTrue();
  }

  private void serve(Speech speech) {
    while (closed.getCount() > 0) {
      try (Socket client = socket.accept()) {
        visited.countDown();
        speech.to(client.getOutputStream());
        client.shutdownOutput();
        client.getInputStream().readAllBytes();
      } catch (IOException e) {
        // The client went away, which is the client's right.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
