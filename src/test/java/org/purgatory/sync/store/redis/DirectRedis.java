package org.purgatory.sync.store.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Redis for tests on one thread: each command has been answered when its call returns. */
final class DirectRedis implements RedisCommands, AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Redis client;

  DirectRedis(String url) {
    this.client = Redis.createClient(vertx, url);
  }

  @Override
  public CompletionStage<Response> run(Script script, List<String> keys, List<String> arguments) {
    Request eval = Request.cmd(Command.EVAL).arg(script.source()).arg(keys.size());
    keys.forEach(eval::arg);
    arguments.forEach(eval::arg);
    return send(eval);
  }

  @Override
  public CompletionStage<Response> send(Request command) {
    CompletableFuture<Response> answer =
        client.send(command).toCompletionStage().toCompletableFuture();
    try {
      answer.join();
      return answer;
    } catch (CompletionException e) {
      return CompletableFuture.failedFuture(
          e.getCause() instanceof ErrorType error
              ? new RedisRefusedException(error.getMessage())
              : e.getCause());
    }
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
