package org.purgatory.sync.git;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How servers greeted that gave all they were asked for lately. In version 2 of git's protocol a
 * greeting says what the server can do and nothing about the repository (gitprotocol-v2, Capability
 * Advertisement), so that a further exchange goes without it. A server that begins to speak
 * differently fails one exchange, after which it is greeted again. Thread-safe.
 */
final class KnownGreetings {

  private static final Duration VALID = Duration.ofMinutes(10);

  /** Beyond it, servers that were not asked for longest are greeted again. */
  private static final int MOST = 1_000;

  private final LongSupplier nanoTime;
  private final Map<URI, Known> greetings =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Known> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Knows nobody.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  KnownGreetings(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What is at a URL, if that is known. */
  synchronized Optional<Greeting> at(URI url) {
    return Optional.ofNullable(greetings.get(url)).filter(this::isFresh).map(Known::greeting);
  }

  /** A server greeted so, and what came after it was well. */
  synchronized void note(URI url, Greeting greeting) {
    greetings.put(url, new Known(greeting, nanoTime.getAsLong()));
  }

  /** What is at a URL may be something else by now. */
  synchronized void forget(URI url) {
    greetings.remove(url);
  }

  private boolean isFresh(Known known) {
    return nanoTime.getAsLong() - known.since <= VALID.toNanos();
  }

  private record Known(Greeting greeting, long since) {}
}
