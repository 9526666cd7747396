package org.purgatory.sync.sync;

import java.util.Set;
import org.purgatory.sync.nostr.Oid;

/** What one fetch exchange with a remote server brought. */
public sealed interface FetchResult {

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
   * The server refused the whole exchange because it lacks one of the objects. The others may still
   * be there, at the price of another exchange.
   *
   * @param oid the object that the server does not have; one of those asked for
   */
  record ObjectMissing(Oid oid) implements FetchResult {}

  /**
   * The exchange failed.
   *
   * @param failure why
   * @param detail what a person should know beyond that; no credentials, one line
   */
  record Failed(FetchFailure failure, String detail) implements FetchResult {}
}
