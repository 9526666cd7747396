package org.purgatory.sync.sync;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;

/**
 * Objects to ask one server for, in one exchange.
 *
 * @param family whose quarantine the objects go to
 * @param url where to ask
 * @param oids what to ask for, at least one
 */
public record FetchRequest(FamilyRepositories family, CloneUrl url, SortedSet<Oid> oids) {

  /** Copies the object ids. */
  public FetchRequest {
    oids = Collections.unmodifiableSortedSet(new TreeSet<>(oids));
  }
}
