package org.purgatory.sync.simulation;

import static java.util.concurrent.CompletableFuture.failedFuture;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.HostedRepository;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.WantedRefs;

/** The git volume that all replicas share. */
final class Volume {

  private static final long SLOWEST = 30_000;

  private record Looker(Process replica, RepositoryIdentifier identifier, PublicKey family) {}

  private final World world;
  private final Map<RepositoryIdentifier, Map<PublicKey, OwnerRepository>> repositories =
      new TreeMap<>();
  private final Map<String, Set<Oid>> quarantines = new TreeMap<>();

  /** What each replica was told to be here by the last look, and by the one before. */
  private final Map<Looker, Told> told = new HashMap<>();

  private record Told(Set<Oid> last, Set<Oid> before) {}

  Volume(World world, Scenario scenario) {
    this.world = world;
    for (Project project : scenario.projects()) {
      Map<PublicKey, OwnerRepository> owners = new TreeMap<>();
      project
          .hosted()
          .forEach((owner, refs) -> owners.put(owner, new OwnerRepository(project, owner, refs)));
      repositories.put(project.identifier(), owners);
    }
  }

  OwnerRepository repository(RepositoryIdentifier identifier, PublicKey owner) {
    return repositories.get(identifier).get(owner);
  }

  Collection<OwnerRepository> of(RepositoryIdentifier identifier) {
    return repositories.get(identifier).values();
  }

  void push(RepositoryIdentifier identifier, PublicKey owner, Set<Oid> objects) {
    OwnerRepository repository = repository(identifier, owner);
    if (repository != null) {
      repository.objects.addAll(objects);
    }
  }

  void died(Process replica) {
    repositories.values().forEach(all -> all.values().forEach(one -> one.died(replica)));
  }

  void brought(FamilyRepositories family, Set<Oid> objects) {
    quarantine(family).addAll(objects);
  }

  private Set<Oid> quarantine(FamilyRepositories family) {
    return quarantines.computeIfAbsent(name(family), f -> new TreeSet<>());
  }

  private static String name(FamilyRepositories family) {
    return family.identifier() + "/" + family.representative();
  }

  /** The objects that a family has, wherever on the volume. */
  Set<Oid> here(FamilyRepositories family) {
    Set<Oid> here = new TreeSet<>(quarantine(family));
    for (PublicKey owner : family.owners()) {
      here.addAll(repository(family.identifier(), owner).objects);
    }
    return here;
  }

  /** Nothing is asked for that the replica knows to be here. A step looks at most twice before. */
  void isNeeded(Process replica, FetchRequest request) {
    FamilyRepositories family = request.family();
    Told here = told.get(new Looker(replica, family.identifier(), family.representative()));
    for (Oid oid : request.oids()) {
      if (here.last().contains(oid) && here.before().contains(oid)) {
        world.trace.violated(request.url() + " is asked for what is here: " + Words.of(oid));
      }
    }
  }

  GitRepositories viewOf(Process replica) {
    return new View(replica);
  }

  private final class View implements GitRepositories {
    private final Process replica;

    private View(Process replica) {
      this.replica = replica;
    }

    @Override
    public CompletionStage<Map<PublicKey, HostedRepository>> hosted(
        RepositoryIdentifier identifier, Set<PublicKey> owners) {
      return later(
          () -> {
            Map<PublicKey, HostedRepository> hosted = new LinkedHashMap<>();
            repositories
                .get(identifier)
                .forEach(
                    (owner, repository) -> {
                      if (owners.contains(owner)) {
                        hosted.put(owner, repository.asHosted());
                      }
                    });
            return hosted;
          });
    }

    @Override
    public String path(RepositoryIdentifier identifier, PublicKey owner) {
      return owner.hex().substring(60) + "/" + identifier + ".git";
    }

    @Override
    public CompletionStage<Set<Oid>> missing(FamilyRepositories family, Set<Oid> oids) {
      return later(
          () -> {
            Fault fault = world.faults.begins("missing");
            if (fault != null) {
              world.befallsOutside(replica, fault);
            }
            Set<Oid> here = here(family);
            told.merge(
                new Looker(replica, family.identifier(), family.representative()),
                new Told(here, Set.of()),
                (before, now) -> new Told(here, before.last()));
            return oids.stream()
                .filter(oid -> !here.contains(oid))
                .collect(Collectors.toCollection(TreeSet::new));
          });
    }

    @Override
    public CompletionStage<RepositoryChange> apply(
        FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence) {
      OwnerRepository repository = repository(family.identifier(), owner);
      if (repository == null) {
        world.trace.violated(owner + " has no repository here");
        return failedFuture(new IllegalStateException("no such repository"));
      }
      return new Application(world, replica, repository, family, wanted, fence).begin();
    }

    @Override
    public CompletionStage<Void> settled(FamilyRepositories family) {
      return later(
          () -> {
            quarantines.remove(name(family));
            return null;
          });
    }

    private <T> CompletionStage<T> later(Supplier<T> what) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      world.schedule.after(
          replica, world.schedule.upTo(SLOWEST), () -> answer.complete(what.get()));
      return answer;
    }
  }
}
