package org.purgatory.sync.sync;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/**
 * Port to the relay's repositories and their families' quarantines. The caller's thread is never
 * blocked; what fails here completes with a {@link RepositoryException}.
 */
public interface GitRepositories {

  /**
   * Looks which owners' repositories are on this volume.
   *
   * @param identifier the identifier of all of them
   * @param owners the owners to look for
   * @return an entry for each that is here
   */
  CompletionStage<Map<PublicKey, HostedRepository>> hosted(
      RepositoryIdentifier identifier, Set<PublicKey> owners);

  /**
   * Where an owner's repository is, or would be.
   *
   * @param identifier the repository's identifier
   * @param owner its owner
   * @return the path relative to the git root, with forward slashes
   */
  String path(RepositoryIdentifier identifier, PublicKey owner);

  /**
   * Looks which objects are not here yet, or are here without everything that they reach, neither
   * in the family's quarantine nor in its repositories.
   *
   * @param family where to look
   * @param oids the objects to look for
   * @return those that are missing
   */
  CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids);

  /**
   * Brings objects from the family's quarantine into one owner's repository, and then its refs to
   * where the events want them, in one batch with old-value checks. Every object must have been
   * seen as not missing.
   *
   * @param family whose quarantine the objects come from
   * @param owner whose repository changes
   * @param wanted what its refs should be
   * @param fence asked right before refs are written
   * @return what changed, possibly nothing; of a failure, {@link RepositoryException} tells which
   *     events it concerns, if not all, and what was changed nevertheless
   */
  CompletionStage<RepositoryChange> apply(
      FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence);

  /**
   * Hears that no pending event of a family is left: what was fetched for it need not be kept. To
   * be called by the run that holds the identifier.
   *
   * @param family the family
   * @return completes when the quarantine is gone; what fails is left to the tidying
   */
  CompletionStage<Void> settled(FamilyRepositories family);
}
