package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** Checks what {@link WaryObjectChecker} cannot, as it sees one object after the other. */
final class ObjectRules {

  /** More than any sane {@code .gitmodules} has. */
  private static final int MOST_MODULES_BYTES = 1024 * 1024;

  private ObjectRules() {}

  /**
   * Refuses {@code .gitmodules} that make clients run commands or write where they should not.
   *
   * @param modules the files to check
   * @param reader reads them
   * @param cancelled looked at before each
   * @throws CorruptObjectException if there is a dangerous one
   * @throws CancelledException if cancelled
   */
  static void checkModules(Set<ObjectId> modules, ObjectReader reader, BooleanSupplier cancelled)
      throws IOException {
    for (ObjectId id : modules) {
      if (cancelled.getAsBoolean()) {
        throw new CancelledException();
      }
      try {
        byte[] content = reader.open(id, Constants.OBJ_BLOB).getCachedBytes(MOST_MODULES_BYTES);
        Optional<String> danger =
            SubmodulesFile.danger(new String(content, StandardCharsets.ISO_8859_1));
        if (danger.isPresent()) {
          throw new CorruptObjectException(id, "a .gitmodules file with " + danger.get());
        }
      } catch (MissingObjectException e) {
        // It was not sent. Whether anything reaches it is the connectivity check's business.
      } catch (IncorrectObjectTypeException e) {
        throw new CorruptObjectException(id, ".gitmodules is no file");
      } catch (LargeObjectException e) {
        throw new CorruptObjectException(id, "a .gitmodules file that is too large");
      }
    }
  }
}
