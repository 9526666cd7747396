package org.purgatory.sync.store.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.purgatory.sync.sync.Timer;

/** Pub/sub on a connection of its own, which is made anew whenever it breaks. */
final class RedisSubscriber implements RedisMessages, AutoCloseable {

  private static final Logger LOG = System.getLogger(RedisSubscriber.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Redis client;
  private final Timer timer;
  private volatile boolean closed;
  private volatile RedisConnection current;

  /**
   * Makes a subscriber that listens to nothing yet.
   *
   * @param client the client library's Redis
   * @param timer what lets it try again
   */
  RedisSubscriber(Redis client, Timer timer) {
    this.client = client;
    this.timer = timer;
  }

  @Override
  public void listen(String channel, Consumer<String> listener, Runnable onGap) {
    if (closed) {
      return;
    }
    // Once only, however many ways a connection has of saying that it is gone.
    AtomicBoolean over = new AtomicBoolean();
    Consumer<Throwable> again =
        why -> {
          if (!closed && !over.getAndSet(true)) {
            LOG.log(Level.DEBUG, "subscription", why);
            timer.schedule(PAUSE, () -> listen(channel, listener, onGap));
          }
        };
    connect()
        .compose(
            connection -> {
              current = connection;
              connection.exceptionHandler(again::accept);
              connection.endHandler(end -> again.accept(null));
              connection.handler(message -> received(message, channel, listener));
              return connection
                  .send(Request.cmd(Command.SUBSCRIBE).arg(channel))
                  .onFailure(e -> connection.close());
            })
        .onComplete(
            result -> {
              if (result.succeeded()) {
                onGap.run();
              } else {
                again.accept(result.cause());
              }
            });
  }

  private Future<RedisConnection> connect() {
    try {
      return client.connect();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private static void received(Response message, String channel, Consumer<String> listener) {
    boolean push = message != null && message.type() != ResponseType.ERROR && message.size() == 3;
    if (push
        && message.get(0).toString().equals("message")
        && message.get(1).toString().equals(channel)) {
      listener.accept(message.get(2).toString());
    }
  }

  @Override
  public void close() {
    closed = true;
    RedisConnection last = current;
    if (last != null) {
      last.close();
    }
  }
}
