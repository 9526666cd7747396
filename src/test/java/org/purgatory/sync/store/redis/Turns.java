package org.purgatory.sync.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.purgatory.sync.testkit.RedisWire;

/** Messages of a real Redis, delivered when a test asks for them, on its own thread. */
final class Turns implements RedisMessages, AutoCloseable {

  private final RedisWire wire;
  private final Map<String, Consumer<String>> listeners = new LinkedHashMap<>();

  Turns(int port) {
    try {
      wire = new RedisWire(port);
      wire.call("PSUBSCRIBE", "purgatory:throttle:turns:*");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void listen(String channel, Consumer<String> listener, Runnable onGap) {
    listeners.put(channel, listener);
  }

  void forget() {
    listeners.clear();
  }

  /** Delivers all that was published before: the answer to a ping comes behind it. */
  void deliver() {
    if (listeners.isEmpty()) {
      return;
    }
    try {
      List<?> answer = (List<?>) wire.call("PING");
      while (!answer.get(0).equals("pong")) {
        Consumer<String> listener = listeners.get((String) answer.get(2));
        if (listener != null) {
          listener.accept((String) answer.get(3));
        }
        answer = (List<?>) wire.answer();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
