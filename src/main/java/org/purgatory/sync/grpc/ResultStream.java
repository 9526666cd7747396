package org.purgatory.sync.grpc;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.Timer;
import org.purgatory.sync.v1.WatchSyncResultsResponse;

/**
 * One client's stream of results: a cursor that moves on as fast as the client reads.
 *
 * <p>All state belongs to the call's thread, where every event (ready, appended, read, quiet,
 * cancelled) becomes one short task; other threads do no more than hand a task in. The log is read
 * only when the client is ready and has everything so far. So a client that does not read holds one
 * page at the most, and nothing at all once an interval has passed.
 */
final class ResultStream {

  private final Watch watch;
  private final ResponseSink sink;
  private final ResultLog log;
  private final Clock clock;
  private final Executor thread;
  private final QuietAlarm alarm;

  /** Whether the log grew since the cursor was told last. The one thing other threads touch. */
  private final AtomicBoolean appended = new AtomicBoolean();

  private ResultLog.Subscription subscription = () -> {};

  /** Null until the place to start from is known. */
  private Cursor cursor;

  /** Whether the client depends on the place that the stream began with. */
  private boolean placeWasGiven;

  private boolean placeIsGood;

  /** Whether the stream was quiet, so that the next page is followed by a bookmark. */
  private boolean quiet;

  private boolean bookmarkDue;
  private boolean ended;

  /**
   * Makes a stream, which does nothing before it is started.
   *
   * @param watch what the client wants
   * @param sink the client
   * @param log where results come from
   * @param clock the one clock
   * @param timer what tells that the stream has been quiet
   * @param interval how long a quiet stream waits for a bookmark
   * @param thread the call's thread: one task at a time, in order, never inside another
   */
  ResultStream(
      Watch watch,
      ResponseSink sink,
      ResultLog log,
      Clock clock,
      Timer timer,
      Duration interval,
      Executor thread) {
    this.watch = watch;
    this.sink = sink;
    this.log = log;
    this.clock = clock;
    this.thread = thread;
    this.alarm = new QuietAlarm(clock, timer, interval, this::onThread, this::quiet);
  }

  /** Starts sending. */
  void start() {
    onThread(
        () -> {
          // Before anything is read, so that nothing is stored in between unnoticed.
          subscription = log.onAppend(this::appended);
          alarm.start();
          watch.start().find(log).whenComplete((place, e) -> onThread(() -> begin(place, e)));
        });
  }

  /** Goes on, because the client has become ready. */
  void ready() {
    onThread(this::pump);
  }

  /** Ends the stream without a word, because nobody listens any more. */
  void cancel() {
    onThread(this::end);
  }

  /** Called from any thread. However often, no more than one task waits for the call's thread. */
  private void appended() {
    if (!appended.getAndSet(true)) {
      onThread(this::pump);
    }
  }

  private void begin(Start.Place place, Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else {
      placeWasGiven = place.given();
      cursor = new Cursor(log, place.position());
      pump();
    }
  }

  /** Sends what can be sent, and reads on once everything is. */
  private void pump() {
    if (cursor == null) {
      return;
    }
    if (appended.getAndSet(false)) {
      cursor.logGrew();
    }
    while (cursor.hasNext() && sink.isReady()) {
      StoredResult next = cursor.next();
      if (watch.wants(next.result())) {
        send(ResultMessages.result(next));
      }
    }
    if (bookmarkDue && sink.isReady()) {
      send(ResultMessages.bookmark(cursor.position(), clock.instant()));
    }
    if (cursor.mustRead() && sink.isReady()) {
      cursor.read().whenComplete((read, e) -> onThread(() -> hasRead(read, e)));
    }
  }

  private void send(WatchSyncResultsResponse response) {
    sink.send(response);
    alarm.sent();
    bookmarkDue = false;
  }

  private void hasRead(ResultLog.Read read, Throwable failure) {
    if (failure != null) {
      fail(failure);
    } else if (read instanceof ResultLog.Page page) {
      cursor.arrived(page);
      // The first page shows that the place is good: worth telling, even if there is no result.
      bookmarkDue |= quiet || !placeIsGood;
      placeIsGood = true;
      quiet = false;
      pump();
    } else {
      placeGone(((ResultLog.OutOfRange) read).oldest());
    }
  }

  private void placeGone(ResultPosition oldest) {
    if (placeIsGood || placeWasGiven) {
      fail(new RefusedException(new Refusal.PlaceGone(cursor.position(), oldest)));
    } else {
      // Trimmed since we asked for the oldest place. The client named no place, and loses nothing.
      cursor.moveTo(oldest);
      pump();
    }
  }

  /**
   * Reads on, be there news or not: should the log's word of them have been lost, it is made up for
   * here. A bookmark follows what was read, as a stream that cannot read is not alive.
   */
  private void quiet() {
    if (cursor == null) {
      return;
    }
    quiet = true;
    bookmarkDue = false;
    cursor.logGrew();
    if (!sink.isReady()) {
      // The client has stalled: hold nothing for it.
      cursor.dropPage();
    }
    pump();
  }

  private void fail(Throwable failure) {
    end();
    sink.fail(failure);
  }

  private void end() {
    ended = true;
    alarm.stop();
    subscription.close();
  }

  private void onThread(Runnable task) {
    thread.execute(
        () -> {
          try {
            if (!ended) {
              task.run();
            }
          } catch (RuntimeException e) {
            fail(e);
          }
        });
  }
}
