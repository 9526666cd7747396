package org.purgatory.sync.git;

import java.util.Arrays;

/** Which directories of a pack are in which, by numbers: to tell how many are in each other. */
final class Nesting {

  /** More are not taken down: it would take tens of megabytes. */
  private static final int MOST_LINKS = 1_000_000;

  private int[] outer = new int[256];
  private int[] inner = new int[256];
  private int links;
  private boolean tooMany;

  /** One directory is in another. */
  void add(int outerDirectory, int innerDirectory) {
    tooMany |= links == MOST_LINKS;
    if (tooMany) {
      return;
    }
    if (links == outer.length) {
      outer = Arrays.copyOf(outer, 2 * links);
      inner = Arrays.copyOf(inner, 2 * links);
    }
    outer[links] = outerDirectory;
    inner[links++] = innerDirectory;
  }

  /**
   * Whether it is certain that no more are in each other than {@link NestingLimit} allows.
   *
   * @param numbers above all that were given
   */
  boolean isKnownToBeSane(int numbers) {
    return !tooMany && (links < NestingLimit.MOST || depth(numbers) < NestingLimit.MOST);
  }

  /** The longest way down. There is no way in circles, as names are hashes of what is within. */
  private int depth(int numbers) {
    int[] first = new int[numbers + 1];
    int[] untold = new int[numbers];
    for (int i = 0; i < links; i++) {
      first[outer[i] + 1]++;
      untold[inner[i]]++;
    }
    for (int i = 0; i < numbers; i++) {
      first[i + 1] += first[i];
    }
    int[] within = new int[links];
    int[] next = Arrays.copyOf(first, numbers);
    for (int i = 0; i < links; i++) {
      within[next[outer[i]]++] = inner[i];
    }
    return depth(first, within, untold);
  }

  private static int depth(int[] first, int[] within, int[] untold) {
    int[] depths = new int[untold.length];
    int[] ready = new int[untold.length];
    int end = 0;
    for (int i = 0; i < untold.length; i++) {
      if (untold[i] == 0) {
        ready[end++] = i;
      }
    }
    int deepest = 0;
    for (int at = 0; at < end; at++) {
      int directory = ready[at];
      deepest = Math.max(deepest, depths[directory]);
      for (int i = first[directory]; i < first[directory + 1]; i++) {
        depths[within[i]] = Math.max(depths[within[i]], depths[directory] + 1);
        if (--untold[within[i]] == 0) {
          ready[end++] = within[i];
        }
      }
    }
    return deepest;
  }
}
