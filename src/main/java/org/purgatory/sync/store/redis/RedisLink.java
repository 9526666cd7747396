package org.purgatory.sync.store.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.purgatory.sync.sync.StoreUnavailableException;
import org.purgatory.sync.sync.Timer;

/**
 * One connection to Redis on which commands follow each other without waiting for answers. It is
 * made anew whenever it breaks, or answers nothing for as long as a command may take.
 *
 * <p>Invariants: at most one connection is being made; a command is sent only on a connection that
 * is there, so that none waits unseen; each command ends within its deadline.
 */
final class RedisLink implements RedisCommands, AutoCloseable {

  private static final Logger LOG = System.getLogger(RedisLink.class.getName());
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final String name;
  private final Redis client;
  private final Timer timer;
  private final Duration deadline;
  private final int mostInFlight;
  private final AtomicInteger inFlight = new AtomicInteger();
  private RedisConnection connection;
  private StoreUnavailableException problem;
  private Duration pause = SHORTEST_PAUSE;
  private boolean connecting;
  private boolean closed;

  /**
   * Prepares a link. It connects as soon as it is made, and for as long as it takes.
   *
   * @param name what it is for, in the log
   * @param client the client library's Redis
   * @param timer what ends commands in time
   * @param deadline how long a command may take
   * @param mostInFlight how many commands may wait for their answers
   */
  RedisLink(String name, Redis client, Timer timer, Duration deadline, int mostInFlight) {
    this.name = name;
    this.client = client;
    this.timer = timer;
    this.deadline = deadline;
    this.mostInFlight = mostInFlight;
    this.problem = new StoreUnavailableException("Redis is not connected yet");
    connect();
  }

  @Override
  public CompletionStage<Response> run(Script script, List<String> keys, List<String> arguments) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    eval(Command.EVALSHA, script.sha1(), keys, arguments)
        .whenComplete(
            (response, failure) -> {
              if (RedisErrors.isNoScript(failure)) {
                settle(answer, eval(Command.EVAL, script.source(), keys, arguments));
              } else {
                settle(answer, response, failure);
              }
            });
    return answer;
  }

  @Override
  public CompletionStage<Response> send(Request command) {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    settle(answer, raw(command));
    return answer;
  }

  private CompletableFuture<Response> eval(
      Command command, String script, List<String> keys, List<String> arguments) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    arguments.forEach(request::arg);
    return raw(request);
  }

  private static void settle(
      CompletableFuture<Response> answer, CompletableFuture<Response> result) {
    result.whenComplete((response, failure) -> settle(answer, response, failure));
  }

  private static void settle(
      CompletableFuture<Response> answer, Response response, Throwable failure) {
    complete(answer, response, failure == null ? null : RedisErrors.of(failure));
  }

  /** Sends a command; what goes wrong is as the client library says it. */
  private CompletableFuture<Response> raw(Request command) {
    RedisConnection current;
    synchronized (this) {
      if (connection == null) {
        return CompletableFuture.failedFuture(problem);
      }
      current = connection;
    }
    if (inFlight.incrementAndGet() > mostInFlight) {
      inFlight.decrementAndGet();
      return CompletableFuture.failedFuture(
          new StoreUnavailableException(
              "Redis is too slow: " + mostInFlight + " commands wait for its answers"));
    }
    CompletableFuture<Response> answer = new CompletableFuture<>();
    CompletableFuture<Response> first = new CompletableFuture<>();
    // Whoever gets the answer may send its next command at once, so its place is free before.
    first.whenComplete(
        (response, failure) -> {
          inFlight.decrementAndGet();
          complete(answer, response, failure);
        });
    Runnable cancel = timer.schedule(deadline, () -> late(current, first));
    current
        .send(command)
        .onComplete(
            result -> {
              cancel.run();
              if (result.failed() && !RedisErrors.isAnswer(result.cause())) {
                lost(current);
              }
              complete(first, result.result(), result.cause());
            });
    return answer;
  }

  private static void complete(
      CompletableFuture<Response> answer, Response response, Throwable failure) {
    if (failure == null) {
      answer.complete(response);
    } else {
      answer.completeExceptionally(failure);
    }
  }

  /** A connection on which an answer is late may be half open, which only a new one heals. */
  private void late(RedisConnection current, CompletableFuture<Response> answer) {
    answer.completeExceptionally(
        new StoreUnavailableException(
            "Redis did not answer within " + deadline.toMillis() + " ms: look at its load"));
    lost(current);
  }

  private void lost(RedisConnection broken) {
    synchronized (this) {
      if (connection != broken) {
        return;
      }
      connection = null;
      problem = new StoreUnavailableException("the connection to Redis was lost");
    }
    LOG.log(Level.WARNING, "The connection to Redis ({0}) was lost", name);
    broken.close();
    connect();
  }

  private void connect() {
    synchronized (this) {
      if (connecting || closed || connection != null) {
        return;
      }
      connecting = true;
    }
    Future<RedisConnection> attempt;
    try {
      attempt = client.connect();
    } catch (RuntimeException e) {
      attempt = Future.failedFuture(e);
    }
    attempt.onComplete(
        result -> {
          if (result.succeeded()) {
            connected(result.result());
          } else {
            failed(result.cause());
          }
        });
  }

  private void connected(RedisConnection made) {
    made.exceptionHandler(e -> lost(made));
    made.endHandler(end -> lost(made));
    boolean tooLate;
    synchronized (this) {
      connecting = false;
      pause = SHORTEST_PAUSE;
      tooLate = closed;
      connection = tooLate ? null : made;
    }
    if (tooLate) {
      made.close();
    } else {
      LOG.log(Level.INFO, "Connected to Redis ({0})", name);
    }
  }

  private void failed(Throwable cause) {
    Duration wait;
    synchronized (this) {
      connecting = false;
      RuntimeException why = RedisErrors.of(cause);
      String before = problem.getMessage();
      problem =
          why instanceof StoreUnavailableException unavailable
              ? unavailable
              : new StoreUnavailableException("Redis refuses connections: " + why.getMessage());
      if (!problem.getMessage().equals(before)) {
        LOG.log(Level.WARNING, problem.getMessage());
      }
      wait = pause;
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }
    timer.schedule(wait, this::connect);
  }

  @Override
  public void close() {
    RedisConnection last;
    synchronized (this) {
      closed = true;
      last = connection;
      connection = null;
      problem = new StoreUnavailableException("the sidecar is shutting down");
    }
    if (last != null) {
      last.close();
    }
  }
}
