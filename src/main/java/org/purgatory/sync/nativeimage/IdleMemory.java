package org.purgatory.sync.nativeimage;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.graalvm.nativeimage.RuntimeOptions;

/**
 * Gives an idle executable's garbage back to the operating system, as G1 can on the JVM (JEP 346).
 * GraalVM's collector waits until the young generation is full, and keeps its room afterwards: good
 * under load, but otherwise what a start leaves behind would take memory for good.
 */
@Singleton
final class IdleMemory {

  private static final long MILLIS_BETWEEN_LOOKS = 1_000;

  /** Less than a fetch takes. Memory that is given back under load would have to come again. */
  private static final long IDLE = 1L << 20;

  /** As long as a start lasts: JGit measures file times, which makes 20 MB of garbage a second. */
  private static final long MILLIS_BETWEEN_FIRST_LOOKS = 100;

  private static final int FIRST_LOOKS = 50;

  void watch(@Observes StartupEvent event) {
    if (ImageMode.current() == ImageMode.NATIVE_RUN) {
      Thread thread = new Thread(IdleMemory::watch, "idle-memory");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void watch() {
    try {
      IdleHeap starting = new IdleHeap(Long.MAX_VALUE);
      for (int looks = 0; looks < FIRST_LOOKS; looks++) {
        look(starting, MILLIS_BETWEEN_FIRST_LOOKS);
      }
      IdleHeap heap = new IdleHeap(IDLE);
      while (true) {
        look(heap, MILLIS_BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      // Nobody does that.
      Thread.currentThread().interrupt();
    }
  }

  private static void look(IdleHeap heap, long millis) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(millis);
    if (heap.isDue(collections(), used())) {
      Native.collect();
      heap.collected(collections(), used());
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static long used() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** A class of its own, as the JVM does not have what it uses. */
  private static final class Native {

    private static final String KEPT = "MaxHeapFree";

    static void collect() {
      long kept = RuntimeOptions.<Long>get(KEPT);
      RuntimeOptions.set(KEPT, 1L);
      try {
        System.gc();
      } finally {
        RuntimeOptions.set(KEPT, kept);
      }
    }
  }
}
