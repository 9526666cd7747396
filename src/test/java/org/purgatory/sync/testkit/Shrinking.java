package org.purgatory.sync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing sequence shorter, as long as it still fails. */
public final class Shrinking {

  private static final int MOST_TRIES = 1500;

  private Shrinking() {}

  /**
   * Leaves out what is not needed for the failure.
   *
   * @param failing a sequence that fails
   * @param fails whether a sequence still fails
   * @return the shortest sequence that was found
   */
  public static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
    List<T> shortest = failing;
    int tries = 0;
    int chunk = Math.max(1, failing.size() / 2);
    while (tries < MOST_TRIES) {
      boolean shorter = false;
      for (int from = 0; from < shortest.size() && tries < MOST_TRIES; ) {
        List<T> without = without(shortest, from, chunk);
        tries++;
        if (fails.test(without)) {
          shortest = without;
          shorter = true;
        } else {
          from += chunk;
        }
      }
      if (chunk == 1 && !shorter) {
        break;
      }
      chunk = Math.max(1, chunk / 2);
    }
    return shortest;
  }

  private static <T> List<T> without(List<T> all, int from, int count) {
    List<T> rest = new ArrayList<>(all.subList(0, from));
    rest.addAll(all.subList(Math.min(from + count, all.size()), all.size()));
    return rest;
  }
}
