package org.purgatory.sync.simulation;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.StoreUnavailableException;

/**
 * A replica's connection to the store. Requests arrive in the order in which they were sent, and
 * answers come back in theirs, as on the one connection that the Redis adapter has. Only what
 * answers with a stage goes over it.
 */
final class Link {

  private static final long DEADLINE = 5_000_000;

  private final World world;
  private final Process replica;
  private final Queue<Runnable> requests = new ArrayDeque<>();
  private final Queue<Runnable> answers = new ArrayDeque<>();
  private long answersComeAfter;

  Link(World world, Process replica) {
    this.world = world;
    this.replica = replica;
  }

  /** A port whose operations go over this line. */
  <T> T to(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              Call call =
                  new Call(
                      method.getName(),
                      arguments,
                      () -> {
                        try {
                          return (CompletionStage<?>) method.invoke(store, arguments);
                        } catch (InvocationTargetException e) {
                          return failedFuture(e.getCause());
                        } catch (IllegalAccessException e) {
                          throw new IllegalStateException(e);
                        }
                      });
              if (CompletionStage.class.equals(method.getReturnType())) {
                return call.send();
              }
              return method.invoke(store, arguments);
            }));
  }

  /** What the store is asked to do. */
  private interface Work {
    CompletionStage<?> apply();
  }

  private final class Call {
    private final String operation;
    private final Object[] arguments;
    private final Work work;
    private final CompletableFuture<Object> answer = new CompletableFuture<>();

    private Call(String operation, Object[] arguments, Work work) {
      this.operation = operation;
      this.arguments = arguments;
      this.work = work;
    }

    private CompletableFuture<Object> send() {
      requests.add(this::arrive);
      world.schedule.after(Process.WORLD, world.messageTakes(), () -> requests.remove().run());
      return answer;
    }

    private void arrive() {
      Fault fault = world.faults.begins(operation);
      if (world.storeIsAway()) {
        fail("the store is away");
      } else if (fault == null) {
        answer(done(), 0);
      } else {
        world.befalls(replica, fault);
        go(fault);
      }
    }

    private void go(Fault fault) {
      switch (fault.effect()) {
        case REFUSED -> fail("refused");
        case ANSWER_LOST -> {
          done();
          fail("the answer got lost");
        }
        case DONE_LATE -> {
          fail("no answer in time");
          world.schedule.after(
              Process.WORLD, Schedule.micros(fault.length()), this::doneThoughNobodyWaits);
        }
        case DONE_TWICE -> {
          answer(done(), 0);
          done();
        }
        case ANSWERED_LATE -> answer(done(), DEADLINE / 2);
        case CRASH_BEFORE -> world.crash(replica, fault.length());
        case CRASH_AFTER -> {
          done();
          world.crash(replica, fault.length());
        }
        case PAUSE -> {
          answer(done(), 0);
          world.pause(replica, fault.length());
        }
        case NEWS_BEFORE -> {
          world.news(identifier());
          answer(done(), 0);
        }
        case NEWS_AFTER -> {
          CompletionStage<?> result = done();
          world.news(identifier());
          answer(result, 0);
        }
        default -> throw new IllegalArgumentException(fault.toString());
      }
    }

    private void doneThoughNobodyWaits() {
      world.watch().troubleUntil(world.schedule.now());
      done();
    }

    private CompletionStage<?> done() {
      CompletionStage<?> result = work.apply();
      if (result.toCompletableFuture().getNow(null) instanceof Claims claims) {
        world.claimed(replica, claims);
      }
      world.trace.note(replica, () -> this + " -> " + Words.of(result));
      return result;
    }

    private void fail(String why) {
      world.trace.note(replica, () -> this + " -> " + why);
      answer(failedFuture(new StoreUnavailableException(why)), 0);
    }

    /** Nothing overtakes an answer that is late. */
    private void answer(CompletionStage<?> result, long lateBy) {
      long now = world.schedule.now();
      answersComeAfter = Math.max(answersComeAfter, now + lateBy);
      answers.add(
          () ->
              result.whenComplete(
                  (value, failure) -> {
                    if (failure == null) {
                      answer.complete(value);
                    } else {
                      answer.completeExceptionally(failure);
                    }
                  }));
      long wait = answersComeAfter - now + world.messageTakes();
      world.schedule.after(replica, wait, () -> answers.remove().run());
    }

    private RepositoryIdentifier identifier() {
      for (Object argument : arguments == null ? new Object[0] : arguments) {
        if (argument instanceof Claim claim) {
          return claim.identifier();
        }
      }
      return null;
    }

    @Override
    public String toString() {
      return operation + Words.of(arguments == null ? null : Arrays.asList(arguments));
    }
  }
}
