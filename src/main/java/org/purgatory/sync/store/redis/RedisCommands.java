package org.purgatory.sync.store.redis;

import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What the adapters need of a Redis client. Each call fails with {@link
 * org.purgatory.sync.sync.StoreUnavailableException} if Redis cannot be reached or does not answer
 * in time, and with {@link RedisRefusedException} if it answers with an error. Commands that are
 * sent one after the other arrive in that order, without waiting for each other's answers.
 */
interface RedisCommands {

  /**
   * Runs a script.
   *
   * @param script which
   * @param keys every key that it touches, all in one hash slot
   * @param arguments its arguments
   * @return what it returns; null for nil
   */
  CompletionStage<Response> run(Script script, List<String> keys, List<String> arguments);

  /**
   * Sends a command.
   *
   * @param command the command with its arguments; must not block the connection
   * @return the answer; null for nil
   */
  CompletionStage<Response> send(Request command);
}
