package org.purgatory.sync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Threads that do what they were given only when told to. */
public final class HandThreads extends AbstractExecutorService {

  private final List<Runnable> given = new ArrayList<>();
  private boolean fails;
  private boolean shutdown;

  /** How many have something to do. */
  public int busy() {
    return given.size();
  }

  /** Lets one of them do all that it was given. */
  public void run(int thread) {
    given.remove(thread).run();
  }

  /** The next one cannot be made. */
  public void failOnce() {
    fails = true;
  }

  @Override
  public void execute(Runnable work) {
    if (shutdown) {
      throw new RejectedExecutionException("shut down");
    }
    if (fails) {
      fails = false;
      throw new OutOfMemoryError("unable to create native thread");
    }
    given.add(work);
  }

  /** Whatever was given has its thread, which may yet run. */
  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    return List.of();
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && given.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isTerminated();
  }
}
