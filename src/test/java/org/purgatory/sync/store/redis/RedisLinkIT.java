package org.purgatory.sync.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.StoreUnavailableException;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.testkit.Await;
import org.purgatory.sync.testkit.RedisServer;

class RedisLinkIT {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Script ADD =
      Script.of("add", "return redis.call('INCRBY', KEYS[1], ARGV[1])");
  private static final Script WRONG =
      Script.of("wrong", "return redis.call('LPUSH', KEYS[1], ARGV[1])");

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(1);
  private final Vertx vertx = Vertx.vertx();
  private final RedisServer server = RedisServer.start("--loglevel", "warning");
  private RedisLink link;

  @BeforeEach
  void connect() {
    link = link(1000);
    awaitAnswers();
  }

  @AfterEach
  void close() {
    link.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    threads.shutdownNow();
    server.close();
  }

  @Test
  void scriptThatRedisHasForgottenIsSentAgain() {
    assertThat(add(2)).isEqualTo(2);
    server.call("SCRIPT", "FLUSH");
    assertThat(add(3)).isEqualTo(5);
    assertThat(add(4)).isEqualTo(9);
  }

  @Test
  void errorOfACommandIsTheCallersOwn() {
    add(1);
    assertThatThrownBy(() -> done(link.run(WRONG, List.of("n"), List.of("1"))))
        .hasCauseInstanceOf(RedisRefusedException.class)
        .hasMessageContaining("WRONGTYPE");
    assertThat(add(1)).isEqualTo(2);
  }

  @Test
  void commandsDoNotWaitForEachOthersAnswers() {
    List<CompletableFuture<Response>> answers = new ArrayList<>();
    server.pause();
    for (int i = 0; i < 500; i++) {
      answers.add(link.run(ADD, List.of("n"), List.of("1")).toCompletableFuture());
    }
    server.resume();
    answers.forEach(CompletableFuture::join);
    assertThat(server.call("GET", "n")).isEqualTo("500");
  }

  @Test
  void commandIsGivenUpAfterItsDeadline() {
    server.pause();
    assertUnavailable("did not answer within 1000 ms");
    server.resume();
    awaitAnswers();
  }

  @Test
  void tooManyCommandsInFlightAreRefusedAtOnce() {
    link.close();
    link = link(10);
    awaitAnswers();
    server.pause();
    for (int i = 0; i < 10; i++) {
      link.run(ADD, List.of("n"), List.of("1"));
    }
    assertUnavailable("too slow");
    server.resume();
  }

  @Test
  void linkComesBackWithItsServer() {
    server.kill();
    Await.until(SOON, "outage", () -> !answers());
    assertUnavailable("Redis");
    server.start();
    awaitAnswers();
  }

  @Test
  void replicaIsNamedAsWhatItIs() {
    server.call("REPLICAOF", "127.0.0.1", "1");
    assertUnavailable("read-only replica");
    server.call("REPLICAOF", "NO", "ONE");
    assertThat(add(1)).isEqualTo(1);
  }

  private void assertUnavailable(String message) {
    assertThatThrownBy(() -> add(1))
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining(message);
  }

  private void awaitAnswers() {
    Await.until(SOON, "answer", this::answers);
  }

  private boolean answers() {
    try {
      done(link.send(Request.cmd(Command.PING)));
      return true;
    } catch (CompletionException e) {
      return false;
    }
  }

  private long add(int number) {
    return done(link.run(ADD, List.of("n"), List.of(String.valueOf(number)))).toLong();
  }

  private RedisLink link(int mostInFlight) {
    Timer timer =
        (delay, task) -> {
          Future<?> future = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
          return () -> future.cancel(false);
        };
    Redis client = Redis.createClient(vertx, server.url());
    return new RedisLink("test", client, timer, DEADLINE, mostInFlight);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
