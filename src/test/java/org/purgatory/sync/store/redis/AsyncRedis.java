package org.purgatory.sync.store.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.StoreUnavailableException;

/** Redis for tests of what happens at the same time: answers come when they come. */
final class AsyncRedis implements RedisCommands, AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final Redis client;

  AsyncRedis(String url) {
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
    CompletableFuture<Response> answer = new CompletableFuture<>();
    client
        .send(command)
        .onSuccess(answer::complete)
        .onFailure(failure -> answer.completeExceptionally(named(failure)));
    return answer;
  }

  private static RuntimeException named(Throwable failure) {
    return failure instanceof ErrorType
        ? new RedisRefusedException(failure.getMessage())
        : new StoreUnavailableException("the test's Redis does not answer", failure);
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
