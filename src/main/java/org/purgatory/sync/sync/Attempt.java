package org.purgatory.sync.sync;

import org.purgatory.sync.nostr.CloneUrl;

/**
 * What came of one fetch exchange, as status tells it.
 *
 * @param url where
 * @param outcome {@link #FETCHED}, {@link #NOTHING}, {@link #OBJECT_MISSING} or the label of a
 *     {@link FetchFailure}
 * @param detail what a person should know beyond that: one line without credentials, maybe empty
 * @param oidsFetched how many of the objects asked for came
 */
public record Attempt(CloneUrl url, String outcome, String detail, int oidsFetched) {

  /** Objects that were asked for came. */
  public static final String FETCHED = "fetched";

  /** The exchange succeeded, and brought nothing that was asked for. */
  public static final String NOTHING = "nothing";

  /** The server lacks an object, and therefore gave none. */
  public static final String OBJECT_MISSING = "object_missing";

  /** Details come from other people's servers. */
  private static final int LONGEST_DETAIL = 300;

  /** Shortens the detail and keeps it to one line. */
  public Attempt {
    detail = OneLine.of(detail, LONGEST_DETAIL);
  }

  /**
   * Tells an exchange.
   *
   * @param url where
   * @param result what came of it
   * @return the attempt
   */
  static Attempt of(CloneUrl url, FetchResult result) {
    if (result instanceof FetchResult.Fetched fetched) {
      int count = fetched.oids().size();
      return new Attempt(url, count > 0 ? FETCHED : NOTHING, "", count);
    }
    if (result instanceof FetchResult.ObjectMissing missing) {
      return new Attempt(url, OBJECT_MISSING, "does not have " + missing.oid(), 0);
    }
    FetchResult.Failed failed = (FetchResult.Failed) result;
    return new Attempt(url, failed.failure().label(), failed.detail(), 0);
  }
}
