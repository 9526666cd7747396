package org.purgatory.sync.nativeimage;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import org.graalvm.nativeimage.RuntimeOptions;

/**
 * Gives an idle executable's garbage back to the operating system, as G1 can on the JVM (JEP 346).
 * GraalVM's collector waits until the young generation is full, and keeps its room afterwards: good
 * under load, but otherwise what a start leaves behind would take memory for good.
 */
@Singleton
final class IdleMemory {

  private static final String LOOK_EVERY = "1s";

  void watch(@Observes StartupEvent event, Scheduler scheduler) {
    if (ImageMode.current() == ImageMode.NATIVE_RUN) {
      IdleHeap heap = new IdleHeap();
      scheduler
          .newJob("idle-memory")
          .setInterval(LOOK_EVERY)
          .setDelayed(LOOK_EVERY)
          .setTask(execution -> look(heap))
          .schedule();
    }
  }

  private static void look(IdleHeap heap) {
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
