package org.purgatory.sync.git;

import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.BAD_DATE;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.BAD_EMAIL;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.BAD_TIMEZONE;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.GITMODULES_SYMLINK;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.HAS_DOTGIT;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.MISSING_EMAIL;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.MISSING_SPACE_BEFORE_DATE;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.ZERO_PADDED_FILEMODE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Checks the objects of one pack, each by itself: refused is what is dangerous, not what is merely
 * old. JGit's own checks of names for macOS and Windows are not used: they refuse files whose names
 * differ by case only, or are called {@code aux.c}, as in Linux' history.
 */
final class WaryObjectChecker extends ObjectChecker {

  /** Real histories have these. */
  private static final Set<ErrorType> OLD =
      EnumSet.of(
          ZERO_PADDED_FILEMODE,
          BAD_DATE,
          BAD_EMAIL,
          BAD_TIMEZONE,
          MISSING_EMAIL,
          MISSING_SPACE_BEFORE_DATE);

  private static final String TWO_THINGS = "one object is said to be a file and something else";

  private final Set<ObjectId> modules = new HashSet<>();
  private final ReceivedTypes types = new ReceivedTypes();
  private final PackLinks links = new PackLinks();

  WaryObjectChecker() {
    setIgnore(OLD);
  }

  /** The files seen that are {@code .gitmodules} somewhere. */
  Set<ObjectId> modules() {
    return Collections.unmodifiableSet(modules);
  }

  /** Where the objects seen lead. */
  PackLinks links() {
    return links;
  }

  /** What the objects seen are. */
  ReceivedTypes types() {
    return types;
  }

  @Override
  public BlobObjectChecker newBlobObjectChecker() {
    return new BlobObjectChecker() {
      @Override
      public void update(byte[] in, int start, int length) {
        // A file may hold anything.
      }

      @Override
      public void endBlob(AnyObjectId id) throws CorruptObjectException {
        came(id, Constants.OBJ_BLOB);
        links.blob(id);
      }
    };
  }

  @Override
  public void check(AnyObjectId id, int type, byte[] raw) throws CorruptObjectException {
    try {
      super.check(id, type, raw);
    } catch (IndexOutOfBoundsException e) {
      // JGit reads past the end of objects that are cut off within a line.
      throw new CorruptObjectException(id, "the object is cut off");
    }
    if (type != Constants.OBJ_BLOB) {
      came(id, type);
      links.object(id, type, raw);
    }
  }

  @Override
  public void checkTree(AnyObjectId id, byte[] raw) throws CorruptObjectException {
    super.checkTree(id, raw);
    int start = 0;
    while (start < raw.length) {
      int mode = 0;
      while (raw[start] != ' ') {
        mode = (mode << 3) + (raw[start++] - '0');
      }
      int end = ++start;
      while (raw[end] != 0) {
        end++;
      }
      checkEntry(id, mode, raw, start, end);
      start = end + 1 + Constants.OBJECT_ID_LENGTH;
    }
  }

  private void came(AnyObjectId id, int type) throws CorruptObjectException {
    if (!types.came(id, type)) {
      throw new CorruptObjectException(id, TWO_THINGS);
    }
  }

  private void checkEntry(AnyObjectId tree, int mode, byte[] raw, int start, int end)
      throws CorruptObjectException {
    if (!FileMode.GITLINK.equals(mode) && !types.said(raw, end + 1, !FileMode.TREE.equals(mode))) {
      throw new CorruptObjectException(tree, TWO_THINGS);
    }
    switch (GitNames.of(raw, start, end)) {
      case GIT -> throw new CorruptObjectException(HAS_DOTGIT, tree, "a name means .git");
      case MODULES -> {
        // Through a link, git would read what nobody has checked.
        if (!FileMode.REGULAR_FILE.equals(mode) && !FileMode.EXECUTABLE_FILE.equals(mode)) {
          throw new CorruptObjectException(GITMODULES_SYMLINK, tree, ".gitmodules is no file");
        }
        modules.add(ObjectId.fromRaw(raw, end + 1));
      }
      case OTHER -> {}
    }
  }
}
