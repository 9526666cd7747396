package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Redis;
import java.time.Duration;
import org.purgatory.sync.sync.Timer;

/** A replica's connections: one for commands, one to wait on, one for messages. */
final class RedisConnections implements AutoCloseable {

  private static final Duration LONGEST_COMMAND = Duration.ofSeconds(5);
  private static final int MOST_IN_FLIGHT = 10_000;

  private final RedisLink commands;
  private final RedisLink blocking;
  private final RedisSubscriber messages;

  RedisConnections(Redis client, Timer timer) {
    this.commands = new RedisLink("commands", client, timer, LONGEST_COMMAND, MOST_IN_FLIGHT);
    this.blocking = new RedisLink("results", client, timer, LONGEST_COMMAND, 1);
    this.messages = new RedisSubscriber(client, timer);
  }

  RedisCommands commands() {
    return commands;
  }

  /** Only for a reader that waits for no longer than a second at a time. */
  RedisCommands blocking() {
    return blocking;
  }

  RedisMessages messages() {
    return messages;
  }

  @Override
  public void close() {
    commands.close();
    blocking.close();
    messages.close();
  }
}
