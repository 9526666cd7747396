package org.purgatory.sync.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;

/** Carries a plan out, as long as the refs are what the plan was made from. */
final class RefWriter {

  private static final String REFLOG = "purgatory-sync: ";

  private final Repository repository;
  private final CurrentRefs seen;

  /**
   * Prepares to write.
   *
   * @param repository where
   * @param seen what the plan was made from
   */
  RefWriter(Repository repository, CurrentRefs seen) {
    this.repository = repository;
    this.seen = seen;
  }

  /**
   * Changes refs, and HEAD after them.
   *
   * @param fence asked right before each step; what it throws ends the work
   * @param done told of each change once it is made
   * @return false if somebody else changed or locked a ref meanwhile; then a part may have been
   *     done, and a new plan will tell which
   * @throws IOException if a change was refused for another reason
   */
  boolean write(RefPlan plan, WriteFence fence, Consumer<RefCommand> done) throws IOException {
    List<RefCommand> deletions = new ArrayList<>();
    for (RefCommand command : plan.first()) {
      if (!command.replacesSymbolic()) {
        deletions.add(command);
        continue;
      }
      fence.pass();
      if (!deleteSymbolic(command)) {
        return false;
      }
      done.accept(command);
    }
    return batch(deletions, fence, done)
        && batch(plan.rest(), fence, done)
        && linkHead(plan.head(), fence);
  }

  /** The files that git's locks are, as the plan is carried out. */
  static List<String> locks(RefPlan plan) {
    List<String> locks = new ArrayList<>(List.of("packed-refs.lock", "reftable/tables.list.lock"));
    plan.commands().forEach(command -> locks.add(command.name().value() + ".lock"));
    plan.head().ifPresent(head -> locks.add("HEAD.lock"));
    return locks;
  }

  /**
   * Takes refs back to where they pointed before a plan was carried out; those that did not exist,
   * or whose objects are gone, are deleted. What was deleted stays so.
   *
   * @return what was taken back: nothing if somebody else has changed or locked one of the refs
   */
  List<RefCommand> undo(RefPlan plan) throws IOException {
    List<RefCommand> inverse = new ArrayList<>();
    for (RefCommand command : plan.commands()) {
      if (!command.isDelete()) {
        Optional<Oid> before = command.oidBefore().filter(this::isHere);
        inverse.add(
            new RefCommand(
                command.name(), command.after().map(RefTarget::at), before, command.reason()));
      }
    }
    return batch(inverse, () -> {}, command -> {}) ? inverse : List.of();
  }

  private boolean isHere(Oid oid) {
    try {
      return repository.getObjectDatabase().has(Oids.toJGit(oid));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean deleteSymbolic(RefCommand command) throws IOException {
    RefUpdate update = repository.updateRef(command.name().value(), true);
    update.setForceUpdate(true);
    update.setExpectedOldObjectId(id(Optional.ofNullable(seen.links().get(command.name()))));
    update.disableRefLog();
    return isDone(update.delete(), command.name().value());
  }

  private boolean batch(List<RefCommand> commands, WriteFence fence, Consumer<RefCommand> done)
      throws IOException {
    if (commands.isEmpty()) {
      return true;
    }
    BatchRefUpdate batch = repository.getRefDatabase().newBatchUpdate();
    batch.setAtomic(true).setAllowNonFastForwards(true).setRefLogIdent(ident());
    commands.forEach(command -> batch.addCommand(toJGit(command)));
    try (RevWalk walk = new RevWalk(repository)) {
      Meanwhile.run(() -> readNew(batch, walk), fence::pass);
      batch.execute(walk, NullProgressMonitor.INSTANCE);
    }
    // Of a batch that failed, one command tells why; the others only that they were not tried.
    for (ReceiveCommand command : batch.getCommands()) {
      if (command.getResult() == ReceiveCommand.Result.LOCK_FAILURE) {
        return false;
      }
    }
    for (ReceiveCommand command : batch.getCommands()) {
      if (command.getResult() != ReceiveCommand.Result.OK) {
        throw refused(command.getRefName(), command.getResult(), command.getMessage());
      }
    }
    commands.forEach(done);
    return true;
  }

  /** Reads what the batch will ask the walk for, while the fence waits for the disk. */
  private static void readNew(BatchRefUpdate batch, RevWalk walk) {
    for (ReceiveCommand command : batch.getCommands()) {
      if (command.getType() != ReceiveCommand.Type.DELETE) {
        try {
          walk.parseAny(command.getNewId());
        } catch (IOException e) {
          // The batch will find that, too, and tell of it.
        }
      }
    }
  }

  private boolean linkHead(Optional<RefName> head, WriteFence fence) throws IOException {
    if (head.isEmpty()) {
      return true;
    }
    fence.pass();
    if (!CurrentRefs.head(repository).equals(seen.head())) {
      return false;
    }
    RefUpdate update = repository.updateRef(Constants.HEAD);
    update.disableRefLog();
    return isDone(update.link(head.get().value()), Constants.HEAD);
  }

  private static boolean isDone(RefUpdate.Result result, String name) throws IOException {
    switch (result) {
      case NEW:
      case FORCED:
      case FAST_FORWARD:
      case NO_CHANGE:
        return true;
      case LOCK_FAILURE:
        return false;
      default:
        throw refused(name, result, null);
    }
  }

  private static IOException refused(String name, Enum<?> result, String message) {
    return new IOException(
        "ref " + name + " was not changed: " + result + (message == null ? "" : ", " + message));
  }

  private static ReceiveCommand toJGit(RefCommand command) {
    ReceiveCommand jgit =
        new ReceiveCommand(id(command.oidBefore()), id(command.after()), command.name().value());
    jgit.setRefLogMessage(REFLOG + command.reason().hex(), false);
    return jgit;
  }

  private static ObjectId id(Optional<Oid> oid) {
    return oid.map(Oids::toJGit).orElse(ObjectId.zeroId());
  }

  private static PersonIdent ident() {
    return new PersonIdent("purgatory-sync", "purgatory-sync@localhost");
  }
}
