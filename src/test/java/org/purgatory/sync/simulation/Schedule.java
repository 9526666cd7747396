package org.purgatory.sync.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * All that is yet to happen. Time stands still while anything is ready; which of the tasks that are
 * ready runs next is the seed's choice.
 */
final class Schedule {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final class Task {
    private final long at;
    private final long order;
    private final Process process;
    private final Runnable work;
    private boolean cancelled;

    private Task(long at, long order, Process process, Runnable work) {
      this.at = at;
      this.order = order;
      this.process = process;
      this.work = work;
    }
  }

  private static final Comparator<Task> BY_TIME =
      Comparator.<Task>comparingLong(task -> task.at).thenComparingLong(task -> task.order);

  private final RandomGenerator random;
  private final PriorityQueue<Task> later = new PriorityQueue<>(BY_TIME);
  private final List<Task> ready = new ArrayList<>();
  private long now;
  private long order;

  Schedule(RandomGenerator random) {
    this.random = random;
  }

  /** Microseconds since the beginning. */
  long now() {
    return now;
  }

  /** The seed's choices. */
  RandomGenerator random() {
    return random;
  }

  /** Any number of microseconds up to one, which may come. */
  long upTo(long most) {
    return most == 0 ? 0 : random.nextLong(most + 1);
  }

  /**
   * Does something later.
   *
   * @param process whose task it is
   * @param micros how much later
   * @param work what to do
   * @return takes it back
   */
  Runnable after(Process process, long micros, Runnable work) {
    Task task = new Task(now + micros, order++, process, work);
    later.add(task);
    return () -> task.cancelled = true;
  }

  /**
   * Runs one task.
   *
   * @param until how far time may move, in microseconds
   * @return false if nothing is left to do until then; it is that time then
   */
  boolean step(long until) {
    if (ready.isEmpty()) {
      Task next = later.peek();
      if (next == null || next.at > until) {
        now = until;
        return false;
      }
      now = Math.max(now, next.at);
    }
    while (!later.isEmpty() && later.peek().at <= now) {
      ready.add(later.poll());
    }
    run(any());
    return true;
  }

  private Task any() {
    int chosen = ready.size() == 1 ? 0 : random.nextInt(ready.size());
    Task last = ready.remove(ready.size() - 1);
    return chosen == ready.size() ? last : ready.set(chosen, last);
  }

  private void run(Task task) {
    if (task.cancelled || task.process.isDead()) {
      return;
    }
    if (task.process.runsAt(now)) {
      task.work.run();
    } else {
      after(task.process, task.process.standsStillUntil() - now, task.work);
    }
  }

  /** The time as somebody sees it whose clock is wrong by so much. */
  Clock clock(Duration wrongBy) {
    return new Skewed(START.plus(wrongBy));
  }

  static long micros(Duration duration) {
    return (duration.toNanos() + 999) / 1000;
  }

  /** When something was or will be by the store's clock, in microseconds since the beginning. */
  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(START, time);
  }

  private final class Skewed extends Clock {
    private final Instant start;

    private Skewed(Instant start) {
      this.start = start;
    }

    @Override
    public Instant instant() {
      return start.plus(now, ChronoUnit.MICROS);
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
}
