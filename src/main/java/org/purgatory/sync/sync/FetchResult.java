package org.purgatory.sync.sync;

import java.util.Set;
import org.purgatory.sync.nostr.Oid;

/** What one fetch exchange with a remote server brought. */
public sealed interface FetchResult {

  /**
   * The one word for it in status, metrics and logs. The words are a closed set: of these, and of
   * {@link FetchFailure}.
   *
   * @return lower case, with underscores
   */
  default String label() {
    if (this instanceof Failed failed) {
      return failed.failure().label();
    }
    if (this instanceof Fetched fetched) {
      return fetched.oids().isEmpty() ? "nothing" : "fetched";
    }
    return "object_missing";
  }

  /**
   * The objects are in the family's quarantine, with all that they reach.
   *
   * @param oids which of the objects asked for are complete now
   * @param bytes what came over the wire, at least approximately
   */
  record Fetched(Set<Oid> oids, long bytes) implements FetchResult {
    /** Copies the set. */
    public Fetched {
      oids = Set.copyOf(oids);
    }
  }

  /**
   * The server lacks objects, and brought nothing. The others may still be there, at the price of
   * another exchange.
   *
   * @param oids what need not be asked for again in this run; at least one of those asked for
   */
  record ObjectMissing(Set<Oid> oids) implements FetchResult {
    /** Copies the set. */
    public ObjectMissing {
      oids = Set.copyOf(oids);
    }

    /**
     * The server named the one object for which it refused the whole exchange.
     *
     * @param oid the object
     */
    public ObjectMissing(Oid oid) {
      this(Set.of(oid));
    }
  }

  /**
   * The exchange failed.
   *
   * @param failure why
   * @param detail what a person should know beyond that; no credentials, one line
   */
  record Failed(FetchFailure failure, String detail) implements FetchResult {}
}
