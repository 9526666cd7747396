package org.purgatory.sync.testkit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Speaks to a Redis server in a few lines (RESP2), for what tests do to it behind a client's back.
 */
public final class RedisWire implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;

  /** Connects to a server on 127.0.0.1. */
  public RedisWire(int port) throws IOException {
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /**
   * Sends a command and reads its answer.
   *
   * @return a string, a long, a list of answers, or null
   * @throws IllegalStateException if the server answers with an error
   */
  public Object call(String... command) throws IOException {
    StringBuilder text = new StringBuilder("*" + command.length + "\r\n");
    for (String part : command) {
      int bytes = part.getBytes(StandardCharsets.UTF_8).length;
      text.append('$').append(bytes).append("\r\n").append(part).append("\r\n");
    }
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    return answer();
  }

  /**
   * Reads what the server says next: a further answer, or a message of a channel.
   *
   * @return as an answer is
   */
  public Object answer() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> throw new IllegalStateException(rest);
      case ':' -> Long.parseLong(rest);
      case '$' -> text(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      default -> throw new IllegalStateException("not RESP2: " + line);
    };
  }

  private String text(int bytes) throws IOException {
    if (bytes < 0) {
      return null;
    }
    String text = new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    line();
    return text;
  }

  private List<Object> list(int size) throws IOException {
    if (size < 0) {
      return null;
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(answer());
    }
    return list;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readByte(); next != '\n'; next = in.readByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
