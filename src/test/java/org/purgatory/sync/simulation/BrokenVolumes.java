package org.purgatory.sync.simulation;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.WantedRefs;

/** Volumes that write when they must not, or say that they did. */
final class BrokenVolumes {

  private BrokenVolumes() {}

  private static class Forwarding implements GitRepositories {
    final GitRepositories real;

    Forwarding(GitRepositories real) {
      this.real = real;
    }

    @Override
    public CompletionStage<Map<PublicKey, HostedRepository>> hosted(
        RepositoryIdentifier identifier, Set<PublicKey> owners) {
      return real.hosted(identifier, owners);
    }

    @Override
    public String path(RepositoryIdentifier identifier, PublicKey owner) {
      return real.path(identifier, owner);
    }

    @Override
    public CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids) {
      return real.missing(family, oids);
    }

    @Override
    public CompletionStage<RepositoryChange> apply(
        FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence) {
      return real.apply(family, owner, wanted, fence);
    }

    @Override
    public CompletionStage<Void> settled(FamilyRepositories family) {
      return real.settled(family);
    }
  }

  /** Writes refs without asking whether the run still holds its identifier. */
  static final class NoFence extends Forwarding {
    NoFence(GitRepositories real) {
      super(real);
    }

    @Override
    public CompletionStage<RepositoryChange> apply(
        FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence) {
      return real.apply(family, owner, wanted, () -> completedFuture(true));
    }
  }

  /** Says that refs are written before they are: the result comes first. */
  static final class ResultFirst extends Forwarding {
    ResultFirst(GitRepositories real) {
      super(real);
    }

    @Override
    public CompletionStage<RepositoryChange> apply(
        FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence) {
      real.apply(family, owner, wanted, fence);
      return completedFuture(new RepositoryChange("r", List.of(), Optional.empty()));
    }
  }

  /** Takes all objects for fetched as soon as one of them is here. */
  static final class OneIsEnough extends Forwarding {
    OneIsEnough(GitRepositories real) {
      super(real);
    }

    @Override
    public CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids) {
      return real.missing(family, oids)
          .thenApply(missing -> missing.size() < oids.size() ? Set.of() : missing);
    }
  }
}
