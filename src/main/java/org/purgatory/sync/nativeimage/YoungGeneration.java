package org.purgatory.sync.nativeimage;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.graalvm.nativeimage.RuntimeOptions;

/**
 * Lets the executable's young generation grow, up to 32 MB, while collections take more than a
 * twentieth of the time (GraalVM's default, its adaptive policy). The policy begins with the most
 * that it may have, and what a start leaves behind would fill all of that for good: so the build
 * sets a small one, which is what an idle sidecar stays with. {@code -Xmn} fixes it.
 */
@Singleton
final class YoungGeneration {

  private static final String MOST = "MaxNewSize";
  private static final long MOST_AT_START = 8L << 20;
  private static final long MOST_UNDER_LOAD = 32L << 20;

  void grow(@Observes StartupEvent event) {
    if (ImageMode.current() == ImageMode.NATIVE_RUN) {
      Native.grow();
    }
  }

  /** A class of its own, as the JVM does not have what it uses. */
  private static final class Native {

    static void grow() {
      if (RuntimeOptions.<Long>get(MOST) == MOST_AT_START) {
        RuntimeOptions.set(MOST, MOST_UNDER_LOAD);
      }
    }
  }
}
