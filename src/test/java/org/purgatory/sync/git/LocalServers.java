package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.GitRemote;

/**
 * Servers that are directories: what they send goes into real attempts and real quarantines, on the
 * caller's own thread. Answers can be held.
 */
final class LocalServers implements GitRemote {

  private final Map<String, Repository> byHost;
  private final Fixture fixture;
  private final Runnable meanwhile;
  private final List<Runnable> held = new ArrayList<>();
  private boolean holding;

  /**
   * Serves repositories.
   *
   * @param byHost what each host has; others answer that there is nothing
   * @param fixture the volume that objects go to
   * @param meanwhile happens in the midst of every fetch
   */
  LocalServers(Map<String, Repository> byHost, Fixture fixture, Runnable meanwhile) {
    this.byHost = byHost;
    this.fixture = fixture;
    this.meanwhile = meanwhile;
  }

  /** From now on answers wait for {@link #letGo()}. */
  void hold() {
    holding = true;
  }

  void letGo() {
    holding = false;
    List<Runnable> answers = List.copyOf(held);
    held.clear();
    answers.forEach(Runnable::run);
  }

  @Override
  public CompletionStage<FetchResult> fetch(FetchRequest request, FetchControl control) {
    control.arrived();
    meanwhile.run();
    if (!holding) {
      return completedFuture(answer(request));
    }
    CompletableFuture<FetchResult> answer = new CompletableFuture<>();
    control.onAbort(
        () -> answer.complete(new FetchResult.Failed(FetchFailure.LOCAL, "no longer wanted")));
    held.add(
        () -> {
          if (!control.isAborted()) {
            answer.complete(answer(request));
          }
        });
    return answer;
  }

  private FetchResult answer(FetchRequest request) {
    Repository source = byHost.get(request.url().domain().name());
    if (source == null) {
      return new FetchResult.Failed(FetchFailure.NOT_FOUND, "404");
    }
    try {
      for (Oid oid : request.oids()) {
        if (!source.getObjectDatabase().has(Oids.toJGit(oid))) {
          return new FetchResult.ObjectMissing(oid);
        }
      }
      Set<ObjectId> complete = send(source, request);
      return new FetchResult.Fetched(
          complete.stream().map(Oids::fromJGit).collect(Collectors.toSet()), 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a fetch attempt does it, but for the transfer. */
  private Set<ObjectId> send(Repository source, FetchRequest request) throws IOException {
    Quarantines quarantines = fixture.quarantines;
    Set<ObjectId> wanted = Oids.supported(request.oids());
    Path attempt = quarantines.attempt();
    try {
      Set<ObjectId> common = new HashSet<>();
      try (FamilyView view = openAttempt(attempt, request)) {
        for (ObjectId tip : view.tips()) {
          if (source.getObjectDatabase().has(tip)) {
            common.add(tip);
          }
        }
      }
      pack(source, attempt.resolve("objects/pack"), wanted, common);
      try (FamilyView view = openAttempt(attempt, request);
          ObjectReader reader = view.repository().newObjectReader()) {
        Set<ObjectId> complete =
            new Connectivity(reader, view.tips(), () -> false).complete(wanted);
        if (!complete.isEmpty()) {
          Promotion.promote(
              attempt, quarantines, request.family(), view.owners(), complete, new PackLinks());
        }
        return complete;
      }
    } finally {
      quarantines.discard(attempt);
    }
  }

  private FamilyView openAttempt(Path attempt, FetchRequest request) throws IOException {
    GitSettings settings = fixture.settings;
    FetchMeter meter =
        new FetchMeter(
            settings.caps(), settings.stallTimeout(), MemoryBudget.ofThisProcess().share());
    return FamilyView.openAttempt(
        attempt, new Volume(settings), fixture.quarantines, request.family(), meter);
  }

  private static void pack(
      Repository source, Path directory, Set<ObjectId> wanted, Set<ObjectId> common)
      throws IOException {
    NullProgressMonitor quiet = NullProgressMonitor.INSTANCE;
    try (PackWriter writer = new PackWriter(source)) {
      writer.preparePack(quiet, wanted, common);
      if (writer.getObjectCount() > 0) {
        String name = PackFiles.newName();
        SyncedFiles.write(
            directory.resolve(name + ".pack"), out -> writer.writePack(quiet, quiet, out));
        SyncedFiles.write(directory.resolve(name + ".idx"), writer::writeIndex);
      }
    }
  }
}
