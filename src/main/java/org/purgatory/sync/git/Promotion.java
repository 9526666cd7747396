package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.purgatory.sync.sync.FamilyRepositories;

/**
 * Moves what an attempt brought into its family's quarantine. Each complete object gets a ref
 * there: later walks end at it, and later fetches need not bring again what it reaches.
 */
final class Promotion {

  static final String COMPLETE = "refs/purgatory/";

  private Promotion() {}

  /**
   * Moves an attempt's packs into its family's quarantine. If the family has none, the attempt
   * becomes it: then there is nothing to move.
   *
   * @param owners what the packs build on
   * @param complete what is complete now
   * @param links what is known of where the packs' objects lead
   */
  static void promote(
      Path attempt,
      Quarantines quarantines,
      FamilyRepositories family,
      OwnerObjects owners,
      Set<ObjectId> complete,
      PackLinks links)
      throws IOException {
    boolean whole = links.isWhole(complete);
    if (whole) {
      note(attempt, complete, links);
    }
    if (quarantines.existing(family).isEmpty()) {
      if (whole) {
        begin(attempt, complete);
      } else {
        mark(attempt, owners, complete);
      }
      if (quarantines.adopt(attempt, family)) {
        return;
      }
    }
    Path quarantine = quarantines.of(family);
    Path packs = PackFiles.directory(quarantine);
    for (Path pack : Consolidation.packs(attempt)) {
      move(pack, packs);
    }
    Directories.sync(packs);
    mark(quarantine, owners, complete);
  }

  private static void note(Path attempt, Set<ObjectId> complete, PackLinks links)
      throws IOException {
    for (Path pack : Consolidation.packs(attempt)) {
      if (links.isReachedFrom(complete, PackFiles.objects(pack))) {
        new PackNote(complete).write(PackNote.of(pack));
      }
    }
  }

  private static void move(Path pack, Path target) throws IOException {
    Path note = PackNote.of(pack);
    PackFiles.install(pack, PackFiles.index(pack), target, PackFiles.name(pack));
    if (Files.exists(note)) {
      Files.move(note, target.resolve(note.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Marks what all came, where nobody else looks yet: there a ref is a file, and needs no lock. */
  private static void begin(Path attempt, Set<ObjectId> complete) throws IOException {
    Path refs = Files.createDirectory(attempt.resolve(COMPLETE));
    for (ObjectId id : complete) {
      Files.writeString(refs.resolve(id.name()), id.name() + '\n');
    }
  }

  private static void mark(Path directory, OwnerObjects owners, Set<ObjectId> complete)
      throws IOException {
    // With the owners' objects: a tag is written down with what it points at.
    try (FileRepository repository = BareRepositories.open(directory, owners.directories())) {
      Set<ObjectId> own = new HashSet<>();
      for (Pack pack : repository.getObjectDatabase().getPacks()) {
        for (ObjectId id : complete) {
          // What only an owner's repository has is that repository's to keep, or to lose.
          if (pack.hasObject(id)) {
            own.add(id);
          }
        }
      }
      mark(repository, own);
    }
  }

  /**
   * Forgets what was complete: the objects of owners, which the quarantine builds on, are no longer
   * all there.
   */
  static void forget(Path quarantine) throws IOException {
    try (Repository repository = BareRepositories.open(quarantine)) {
      forget(repository, complete(repository));
    }
  }

  /** Forgets that some objects are complete. */
  static void forget(Repository repository, Collection<ObjectId> ids) throws IOException {
    BatchRefUpdate update = update(repository);
    for (ObjectId id : ids) {
      update.addCommand(new ReceiveCommand(id, ObjectId.zeroId(), COMPLETE + id.name()));
    }
    execute(repository, update);
  }

  /** The objects that are here with all that they reach. */
  static Set<ObjectId> complete(Repository repository) throws IOException {
    return repository.getRefDatabase().getRefsByPrefix(COMPLETE).stream()
        .map(Ref::getObjectId)
        .collect(Collectors.toSet());
  }

  /** Without a lock nothing is lost: only the next walk is longer. */
  static void mark(Repository repository, Set<ObjectId> complete) throws IOException {
    RefDatabase refs = repository.getRefDatabase();
    BatchRefUpdate update = update(repository);
    for (ObjectId id : complete) {
      String name = COMPLETE + id.name();
      if (refs.exactRef(name) == null) {
        update.addCommand(new ReceiveCommand(ObjectId.zeroId(), id, name));
      }
    }
    execute(repository, update);
  }

  private static BatchRefUpdate update(Repository repository) {
    return repository.getRefDatabase().newBatchUpdate().setAtomic(true).disableRefLog();
  }

  private static void execute(Repository repository, BatchRefUpdate update) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      update.execute(walk, NullProgressMonitor.INSTANCE);
    }
  }
}
