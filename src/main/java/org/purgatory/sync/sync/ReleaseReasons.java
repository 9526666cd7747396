package org.purgatory.sync.sync;

import java.time.Duration;

/** Why events leave without having been looked at, as results tell it to a person. */
public final class ReleaseReasons {

  private ReleaseReasons() {}

  /**
   * Why an event expires.
   *
   * @param expiry how long events wait at the most
   * @return the reason
   */
  public static String waited(Duration expiry) {
    if (expiry.toMillis() % 1000 != 0) {
      return "waited " + expiry.toMillis() + " ms";
    }
    return expiry.toSeconds() % 60 == 0
        ? "waited " + counted(expiry.toMinutes(), "minute")
        : "waited " + counted(expiry.toSeconds(), "second");
  }

  private static String counted(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }
}
