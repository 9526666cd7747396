package org.purgatory.sync.testkit;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.purgatory.sync.sync.StoreUnavailableException;

/**
 * The line to a store, in a test's hands: it works, it is cut, or answers get lost on it. Only what
 * answers with a stage goes over the line.
 */
public final class Line {

  private final Set<String> deaf = ConcurrentHashMap.newKeySet();
  private final List<String> operations = new CopyOnWriteArrayList<>();
  private volatile boolean cut;
  private volatile boolean throwing;

  /** A port whose operations go over this line. */
  public <T> T to(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              boolean overTheLine = CompletionStage.class.equals(method.getReturnType());
              operations.add(method.getName());
              if (overTheLine && cut) {
                return unavailable();
              }
              Object answer;
              try {
                answer = method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              return overTheLine && deaf.remove(method.getName()) ? unavailable() : answer;
            }));
  }

  /** The names of the operations that were asked for, in order. */
  public List<String> operations() {
    return List.copyOf(operations);
  }

  /** From now on nothing arrives. */
  public void cut() {
    cut = true;
  }

  /** From now on nothing arrives, and calls throw instead of answering with a failure. */
  public void cutWithExceptions() {
    cut = true;
    throwing = true;
  }

  /** From now on everything arrives. */
  public void mend() {
    cut = false;
    throwing = false;
    deaf.clear();
  }

  /** The next calls of some operations, one each, are done, but their answers get lost. */
  public void loseNextAnswerOf(String... operations) {
    deaf.addAll(Set.of(operations));
  }

  private Object unavailable() {
    StoreUnavailableException failure = new StoreUnavailableException("the store is away");
    if (throwing) {
      throw failure;
    }
    return failedFuture(failure);
  }
}
