package org.purgatory.sync.git;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.eclipse.jgit.lib.ObjectId;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.GitRemote;

/**
 * Fetches with JGit, each exchange on a thread of its own pool, which is shared out fairly among
 * servers. A watchdog closes an exchange's connection when its time is up, as a server may answer
 * for ever, a byte at a time.
 */
public final class JGitRemote implements GitRemote, AutoCloseable {

  private static final Logger LOG = System.getLogger(JGitRemote.class.getName());

  private final Volume volume;
  private final Quarantines quarantines;
  private final HttpTransport transport;
  private final GitSettings settings;
  private final MemoryBudget memory = MemoryBudget.ofThisProcess();
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final KnownLacks lacks;
  private final FetchWorkers workers;
  private final ScheduledExecutorService watchdog;
  private final Set<HttpExchange> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Connects to nobody before the first fetch.
   *
   * @param settings where quarantines are, how long exchanges may take and how many run at once
   * @param quarantines where objects go to
   * @param clock the one clock, for servers that say at what time to come back
   */
  public JGitRemote(GitSettings settings, Quarantines quarantines, Clock clock) {
    this(
        settings,
        quarantines,
        new HttpTransport(
            settings, SystemDefaultDnsResolver.INSTANCE, SSLContexts.createSystemDefault()),
        clock,
        System::nanoTime);
  }

  JGitRemote(
      GitSettings settings,
      Quarantines quarantines,
      HttpTransport transport,
      Clock clock,
      LongSupplier nanoTime) {
    IsolatedSystemReader.install();
    PackChecksum.install();
    this.volume = new Volume(settings);
    this.quarantines = quarantines;
    this.transport = transport;
    this.settings = settings;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.lacks = new KnownLacks(nanoTime);
    this.workers =
        new FetchWorkers(
            settings.maxConcurrentFetches(),
            Executors.newCachedThreadPool(DaemonThreads.named("git-fetch")));
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named("git-watchdog"));
    timer.setRemoveOnCancelPolicy(true);
    this.watchdog = timer;
    long pause = settings.stallTimeout().toNanos() / 2 + 1;
    timer.scheduleWithFixedDelay(
        () -> running.forEach(HttpExchange::abortIfStuck), pause, pause, TimeUnit.NANOSECONDS);
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request, FetchControl control) {
    try {
      return CompletableFuture.supplyAsync(
          () -> exchange(request, control),
          exchange -> workers.execute(request.url().domain(), exchange));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedStage(shuttingDown());
    }
  }

  /** Ends all exchanges, waiting ones too. Their results are failures. */
  @Override
  public void close() {
    closed = true;
    // Whoever waits for those that never began must hear of it.
    workers.shutdownNow().forEach(Runnable::run);
    running.forEach(HttpExchange::abort);
    transport.close();
    watchdog.shutdownNow();
  }

  private FetchResult exchange(FetchRequest request, FetchControl control) {
    Duration total = settings.totalTimeout();
    Deadline deadline = new Deadline(nanoTime, total);
    FetchMeter meter = new FetchMeter(settings.caps(), settings.stallTimeout(), memory.share());
    try (HttpExchange exchange = new HttpExchange(transport, meter)) {
      running.add(exchange);
      if (closed) {
        running.remove(exchange);
        return shuttingDown();
      }
      control.onAbort(exchange::abort);
      Future<?> alarm = watchdog.schedule(exchange::abort, total.toNanos(), TimeUnit.NANOSECONDS);
      try {
        FetchResult result = fetch(request, exchange, deadline, control);
        control.showed(ServerSigns.of(result, exchange.status(), exchange.retryAfter(clock)));
        return logged(request, result);
      } finally {
        alarm.cancel(false);
        running.remove(exchange);
      }
    } catch (StackOverflowError | OutOfMemoryError e) {
      return logged(request, FailureClassifier.classify(e));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "fetching failed unexpectedly", e);
      return new FetchResult.Failed(FetchFailure.LOCAL, e.getClass().getSimpleName());
    }
  }

  private FetchResult fetch(
      FetchRequest request, HttpExchange exchange, Deadline deadline, FetchControl control) {
    Set<ObjectId> wanted = Oids.supported(request.oids());
    if (wanted.isEmpty()) {
      return new FetchResult.Failed(
          FetchFailure.PROTOCOL, "SHA-256 repositories are not supported");
    }
    try {
      Set<ObjectId> complete =
          new FetchAttempt(
                  volume,
                  quarantines,
                  lacks,
                  exchange,
                  () -> closed || control.isAborted() || deadline.isOver())
              .fetch(request.family(), request.url(), wanted, control::arrived);
      exchange.finish();
      if (complete.isEmpty()) {
        return new FetchResult.Failed(
            FetchFailure.BAD_OBJECTS, "of what was asked for, nothing came with all that it needs");
      }
      return new FetchResult.Fetched(Oids.fromJGit(complete), exchange.meter().bytes());
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "fetch", QuotedTrace.copyOf(e));
      if (closed) {
        return shuttingDown();
      }
      if (control.isAborted()) {
        return new FetchResult.Failed(FetchFailure.LOCAL, "the permit of the fetch was lost");
      }
      if (deadline.isOver()) {
        return new FetchResult.Failed(
            FetchFailure.TIMEOUT, "not done after " + settings.totalTimeout().toSeconds() + " s");
      }
      if (e instanceof LackingException lacking) {
        exchange.finish();
        return new FetchResult.ObjectMissing(Oids.fromJGit(lacking.objects()));
      }
      return FailureClassifier.classify(e, exchange.failure(), exchange.status());
    }
  }

  private static FetchResult shuttingDown() {
    return new FetchResult.Failed(FetchFailure.LOCAL, "shutting down");
  }

  private static FetchResult logged(FetchRequest request, FetchResult result) {
    LOG.log(Level.DEBUG, "fetched {0}: {1}", request.url(), result);
    return result;
  }
}
