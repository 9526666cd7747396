package org.purgatory.sync.sync;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * The repositories of one family that are on this volume. They share a quarantine; repositories of
 * other families never see it.
 *
 * @param identifier the identifier of all of them
 * @param owners the owners whose repositories are on this volume, at least one
 */
public record FamilyRepositories(RepositoryIdentifier identifier, SortedSet<PublicKey> owners) {

  /** Copies the owners. */
  public FamilyRepositories {
    owners = Collections.unmodifiableSortedSet(new TreeSet<>((Collection<PublicKey>) owners));
  }

  /**
   * The owner that the family is known by. One whose repository is here, so that no stranger who
   * announces the same identifier can change it.
   *
   * @return the smallest of the owners
   */
  public PublicKey representative() {
    return owners.first();
  }
}
