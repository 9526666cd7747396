package org.purgatory.sync.git;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jgit.lib.ObjectId;
import org.purgatory.sync.nostr.CloneUrl;

/**
 * Which objects servers said they do not have, and which refs they had then. As long as the refs
 * are the same, those objects are not asked for again. Servers may get objects that no ref shows,
 * so each is asked for again after ten minutes all the same. Thread-safe.
 */
final class KnownLacks {

  private static final Duration VALID = Duration.ofMinutes(10);

  /** Beyond these bounds, servers are asked again about what was known longest. */
  private static final int MOST_URLS = 1_000;

  private static final int MOST_OBJECTS = 200;

  private final LongSupplier nanoTime;
  private final Map<CloneUrl, Lacks> lacks = bounded(MOST_URLS, true);

  /**
   * Knows nothing.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  KnownLacks(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Whether a server lacked anything lately: then its refs are worth a look, before it is asked.
   */
  synchronized boolean any(CloneUrl url) {
    Lacks known = lacks.get(url);
    return known != null && known.isFresh();
  }

  /**
   * What to ask a server for: what its refs show, if they show any of it, as that is there for
   * sure. Otherwise all that it is not known to lack.
   *
   * @return possibly nothing
   */
  synchronized Set<ObjectId> worthAsking(CloneUrl url, Advertisement refs, Set<ObjectId> wanted) {
    Lacks known = lacks.get(url);
    if (known == null) {
      return wanted;
    }
    if (!refs.tips().isEmpty()) {
      return refs.tips();
    }
    Set<ObjectId> rest = new HashSet<>(wanted);
    if (known.refs.equals(refs.hash())) {
      known.isFresh();
      rest.removeAll(known.objects.keySet());
    }
    return rest;
  }

  /** A server named an object that it does not have. */
  synchronized void note(CloneUrl url, Advertisement refs, ObjectId lacking) {
    Lacks known = lacks.get(url);
    if (known == null || !known.refs.equals(refs.hash())) {
      known = new Lacks(refs.hash());
      lacks.put(url, known);
    }
    known.objects.put(lacking, nanoTime.getAsLong());
  }

  private static <K, V> Map<K, V> bounded(int most, boolean byUse) {
    return new LinkedHashMap<>(16, 0.75f, byUse) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  private final class Lacks {

    private final String refs;
    private final Map<ObjectId, Long> objects = bounded(MOST_OBJECTS, false);

    Lacks(String refs) {
      this.refs = refs;
    }

    /** Forgets what is too old, and says whether anything is left. */
    boolean isFresh() {
      long now = nanoTime.getAsLong();
      objects.values().removeIf(since -> now - since > VALID.toNanos());
      return !objects.isEmpty();
    }
  }
}
