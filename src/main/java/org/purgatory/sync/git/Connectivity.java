package org.purgatory.sync.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevBlob;
import org.eclipse.jgit.revwalk.RevObject;

/**
 * Tells which objects are here with everything that they reach. Walks stop at the tips of refs, as
 * what a ref reaches is here; if that turns out to be untrue, tips are no longer trusted.
 */
final class Connectivity {

  private static final int CHECK_EVERY = 1024;

  private final ObjectReader reader;
  private final ReceivedTypes received;
  private final BooleanSupplier cancelled;
  private Set<ObjectId> trusted;
  private boolean checked;
  private boolean broken;

  /**
   * Starts from what refs say. Files are taken for files: a fetch has looked.
   *
   * @param reader sees all objects that count
   * @param tips where refs point
   * @param cancelled looked at now and then; walks end when it answers true
   */
  Connectivity(ObjectReader reader, Set<ObjectId> tips, BooleanSupplier cancelled) {
    this(reader, tips, null, cancelled);
  }

  /**
   * Starts from what refs say, and looks at what came from a server.
   *
   * @param received what came, null if nothing did
   */
  Connectivity(
      ObjectReader reader, Set<ObjectId> tips, ReceivedTypes received, BooleanSupplier cancelled) {
    this.reader = reader;
    this.received = received;
    this.trusted = tips;
    this.cancelled = cancelled;
  }

  /**
   * Gives each object its own verdict: an incomplete one does not make others so.
   *
   * @throws CancelledException if cancelled
   */
  Set<ObjectId> complete(Collection<ObjectId> ids) throws IOException {
    Set<ObjectId> complete = new HashSet<>();
    List<ObjectId> open = new ArrayList<>();
    for (ObjectId id : ids) {
      if (!reader.has(id)) {
        continue;
      }
      if (trusted.contains(id)) {
        complete.add(id);
      } else {
        open.add(id);
      }
    }
    if (open.isEmpty() || isConnected(open, trusted)) {
      complete.addAll(open);
    } else if (tipsAreConnected()) {
      addComplete(open, complete);
    } else {
      trusted = Set.of();
      return complete(ids);
    }
    return complete;
  }

  /**
   * Whether a walk did not get through. It may have been in the way of a repack, which moves
   * objects and deletes what they were in; looked at anew they are there.
   */
  boolean foundGaps() {
    return broken;
  }

  /** By halves, so that few broken objects among many cost few walks. */
  private void addComplete(List<ObjectId> unconnected, Set<ObjectId> complete) throws IOException {
    if (unconnected.size() == 1) {
      return;
    }
    int half = unconnected.size() / 2;
    for (List<ObjectId> part :
        List.of(unconnected.subList(0, half), unconnected.subList(half, unconnected.size()))) {
      if (isConnected(part, trusted)) {
        complete.addAll(part);
      } else {
        addComplete(part, complete);
      }
    }
  }

  private boolean tipsAreConnected() throws IOException {
    if (!checked) {
      checked = true;
      return isConnected(trusted, Set.of());
    }
    return true;
  }

  private boolean isConnected(Collection<ObjectId> ids, Set<ObjectId> stops) throws IOException {
    try (ObjectWalk walk = new ObjectWalk(reader)) {
      // A message may be as long as an object, and each would be kept.
      walk.setRetainBody(false);
      NestingLimit nesting = new NestingLimit(walk);
      walk.setVisitationPolicy(nesting);
      for (ObjectId stop : stops) {
        walk.markUninteresting(walk.parseAny(stop));
      }
      for (ObjectId id : ids) {
        walk.markStart(walk.parseAny(id));
      }
      walkAll(walk, nesting);
      return true;
    } catch (MissingObjectException
        | IncorrectObjectTypeException
        | CorruptObjectException
        | ClassCastException
        | StackOverflowError e) {
      // JGit casts an object that is two things at once, and goes down stops by recursion.
      broken = true;
      return false;
    }
  }

  private void walkAll(ObjectWalk walk, NestingLimit nesting) throws IOException {
    int seen = 0;
    while (walk.next() != null) {
      checkCancelled(++seen);
    }
    for (RevObject object = walk.nextObject(); object != null; object = walk.nextObject()) {
      checkCancelled(++seen);
      if (object instanceof RevBlob) {
        requireBlob(object);
      } else if (nesting.isExceeded()) {
        throw new CorruptObjectException(object, "directories are nested too deeply");
      }
    }
    if (nesting.isExceeded()) {
      throw new CorruptObjectException("directories are nested too deeply");
    }
  }

  private void requireBlob(ObjectId id) throws IOException {
    if (received == null || received.isFile(id)) {
      if (!reader.has(id)) {
        throw new MissingObjectException(id, Constants.OBJ_BLOB);
      }
    } else {
      reader.open(id, Constants.OBJ_BLOB);
    }
  }

  private void checkCancelled(int seen) {
    if (seen % CHECK_EVERY == 0 && cancelled.getAsBoolean()) {
      throw new CancelledException();
    }
  }
}
