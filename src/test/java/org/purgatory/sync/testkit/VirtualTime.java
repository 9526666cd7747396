package org.purgatory.sync.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.purgatory.sync.sync.Timer;

/**
 * A clock, a timer and an executor that stand still until a test moves them: everything happens on
 * the test's own thread, in the order of its time. Other threads may look at the clock and
 * schedule.
 */
public final class VirtualTime extends Clock implements Timer, Executor {

  private record Task(Instant at, long order, Runnable work) {}

  private static final Comparator<Task> BY_TIME =
      Comparator.comparing(Task::at).thenComparing(Task::order);

  private final PriorityQueue<Task> tasks = new PriorityQueue<>(BY_TIME);
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long order;

  /** Does all that is to be done now. */
  public void settle() {
    advance(Duration.ZERO);
  }

  /** Lets time pass, and everything happen that is due meanwhile. */
  public void advance(Duration duration) {
    Instant end = now.plus(duration);
    for (Task task = due(end); task != null; task = due(end)) {
      now = task.at().isAfter(now) ? task.at() : now;
      task.work().run();
    }
    now = end;
  }

  /** Takes the next task that is due by then, or null. */
  private synchronized Task due(Instant end) {
    return tasks.isEmpty() || tasks.peek().at().isAfter(end) ? null : tasks.poll();
  }

  private synchronized void remove(Task task) {
    tasks.remove(task);
  }

  @Override
  public void execute(Runnable work) {
    schedule(Duration.ZERO, work);
  }

  @Override
  public synchronized Runnable schedule(Duration delay, Runnable work) {
    Task task = new Task(now.plus(delay), order++, work);
    tasks.add(task);
    return () -> remove(task);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("nothing here has a time zone");
  }
}
