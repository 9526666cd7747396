package org.purgatory.sync.git;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * What one exchange has received, held to its caps, and at what pace. Its sockets find it by the
 * thread that reads: a connection serves one exchange after another, and is encrypted before it has
 * any owner.
 */
final class FetchMeter {

  private static final ThreadLocal<FetchMeter> READING = new ThreadLocal<>();

  /** Per second, over a stall timeout of waiting: what is slower would not come to an end. */
  private static final long SLOWEST = 1000;

  /** Of a pack's bytes: what frames of a thousand bytes have for a head. */
  private static final int FRAMES = 64;

  private final FetchCaps caps;
  private final MemoryBudget.Share memory;
  private final long stallNanos;
  private final long leastPerStall;
  private long wire;
  private long body;
  private long pack;
  private long packAwaited;
  private long inflated;
  private long windowNanos;
  private long windowBytes;
  private volatile IOException failure;
  private volatile boolean aborted;

  /** Seen by the watchdog, as a write knows no timeout. */
  private volatile boolean writing;

  private volatile long writingSince;

  /**
   * Starts at zero.
   *
   * @param caps how much may come
   * @param stall after how much waiting the pace is looked at
   * @param memory what it may take of it
   */
  FetchMeter(FetchCaps caps, Duration stall, MemoryBudget.Share memory) {
    this.caps = caps;
    this.memory = memory;
    this.stallNanos = stall.toNanos();
    this.leastPerStall = SLOWEST * stall.toMillis() / 1000;
  }

  /** Whom this thread reads for, or null. */
  static FetchMeter ofThisThread() {
    return READING.get();
  }

  /** From now on this thread reads for this exchange only. */
  void begin() {
    READING.set(this);
  }

  /** This thread reads no longer for this exchange, which needs no memory either. */
  void end() {
    READING.remove();
    memory.close();
  }

  FetchCaps caps() {
    return caps;
  }

  MemoryBudget.Share memory() {
    return memory;
  }

  /** Bytes received so far. */
  long bytes() {
    return wire;
  }

  /** Nothing more is wanted. From any thread. */
  void abort() {
    aborted = true;
  }

  /** Whether nothing more is wanted. */
  boolean isAborted() {
    return aborted;
  }

  /** Which cap was crossed, or how the server was too slow, or null. */
  IOException failure() {
    return failure;
  }

  /**
   * Counts what came over a socket.
   *
   * @param count bytes, or -1 at the end
   * @param nanos how long they were waited for
   */
  void received(int count, long nanos) throws IOException {
    wire += Math.max(count, 0);
    require(wire <= caps.wireBytes(), "more than %d bytes were sent", caps.wireBytes());
    windowBytes += Math.max(count, 0);
    windowNanos += nanos;
    if (windowNanos >= stallNanos) {
      if (windowBytes < leastPerStall) {
        throw failed(new SocketTimeoutException("the server sends too slowly"));
      }
      windowNanos = 0;
      windowBytes = 0;
    }
  }

  /** A write to a socket begins, or is over. */
  void writing(boolean begun) {
    writingSince = System.nanoTime();
    writing = begun;
  }

  /** Whether the server has taken nothing of a request for the stall timeout. From any thread. */
  boolean isStuck() {
    if (!writing || System.nanoTime() - writingSince < stallNanos) {
      return false;
    }
    failed(new SocketTimeoutException("the server does not take the request"));
    return true;
  }

  /** Counts bytes of a response's body. */
  void receivedBody(int count) throws IOException {
    body += Math.max(count, 0);
    long talk = body - pack - packAwaited;
    require(
        talk <= caps.talkBytes() + pack / FRAMES,
        "more than %d bytes were sent besides objects",
        caps.talkBytes());
  }

  /** The next bytes may be of the pack, at most this many. */
  void awaitPack(int most) {
    packAwaited = most;
  }

  /** Counts bytes of the pack, which are bytes of a body too. */
  void receivedPack(int count) {
    packAwaited = 0;
    pack += Math.max(count, 0);
  }

  /** Checks how many objects a pack claims to have. */
  void announced(long objects) throws IOException {
    require(objects <= caps.objects(), "more than %d objects were sent", caps.objects());
  }

  /** Counts bytes of an object. */
  void inflated(long count) throws IOException {
    inflated += count;
    require(
        inflated <= caps.inflatedBytes(),
        "more than %d bytes were sent, decompressed",
        caps.inflatedBytes());
  }

  private void require(boolean allowed, String message, long most) throws IOException {
    if (!allowed) {
      throw failed(new TooLargeException(message.formatted(most)));
    }
  }

  /** Kept here, as HTTP, TLS and JGit each make something else of it. */
  private synchronized IOException failed(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return failure;
  }
}
