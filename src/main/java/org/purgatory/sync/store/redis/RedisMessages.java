package org.purgatory.sync.store.redis;

import java.util.function.Consumer;

/** What the adapters need of Redis' pub/sub, which loses messages while there is no connection. */
interface RedisMessages {

  /**
   * Listens to a channel for as long as the process lives.
   *
   * @param channel the channel's name
   * @param listener gets each message; must return at once
   * @param onGap called whenever messages may have been lost: after each subscription, the first
   *     one included; must return at once
   */
  void listen(String channel, Consumer<String> listener, Runnable onGap);
}
