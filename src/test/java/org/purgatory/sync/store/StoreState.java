package org.purgatory.sync.store;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * All that a store holds, as text that is the same for every store: what the differential test
 * compares. Times are microseconds since 1970.
 *
 * @param parts lines by what they are about
 */
public record StoreState(Map<String, List<String>> parts) {

  /** Sorts the parts. */
  public StoreState {
    parts = new TreeMap<>(parts);
  }

  /** An entry of the queue. */
  public static String entry(
      String identifier,
      long next,
      int attempts,
      boolean running,
      long again,
      String claim,
      long claimable,
      SortedSet<String> begun) {
    return "%s next=%d attempts=%d running=%s again=%d claim=%s claimable=%d begun=%s"
        .formatted(identifier, next, attempts, running, again, claim, claimable, begun);
  }

  /** Gives fencing tokens, which differ from store to store, the numbers of their claims. */
  public interface ClaimNames extends LongFunction<String> {}

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    parts.forEach(
        (name, lines) -> {
          text.append(name).append('\n');
          lines.forEach(line -> text.append("  ").append(line).append('\n'));
        });
    return text.toString();
  }
}
