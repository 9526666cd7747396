package org.purgatory.sync.sync;

import java.util.Collections;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;

/**
 * What came of one fetch exchange, as status tells it.
 *
 * @param url where
 * @param outcome a {@link FetchResult#label}
 * @param detail what a person should know beyond that: one line without credentials, maybe empty
 * @param oidsFetched how many of the objects asked for came
 */
public record Attempt(CloneUrl url, String outcome, String detail, int oidsFetched) {

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
    int came = result instanceof FetchResult.Fetched fetched ? fetched.oids().size() : 0;
    return new Attempt(url, result.label(), detail(result), came);
  }

  private static String detail(FetchResult result) {
    if (result instanceof FetchResult.ObjectMissing missing) {
      Oid first = Collections.min(missing.oids());
      int more = missing.oids().size() - 1;
      return "does not have " + first + (more > 0 ? " and " + more + " more" : "");
    }
    return result instanceof FetchResult.Failed failed ? failed.detail() : "";
  }
}
