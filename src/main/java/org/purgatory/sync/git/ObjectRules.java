package org.purgatory.sync.git;

import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.BAD_DATE;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.BAD_EMAIL;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.BAD_TIMEZONE;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.GITMODULES_NAME;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.GITMODULES_PATH;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.GITMODULES_URL;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.MISSING_EMAIL;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.MISSING_SPACE_BEFORE_DATE;
import static org.eclipse.jgit.lib.ObjectChecker.ErrorType.ZERO_PADDED_FILEMODE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator;
import org.eclipse.jgit.internal.submodule.SubmoduleValidator.SubmoduleValidationException;
import org.eclipse.jgit.lib.GitmoduleEntry;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectReader;

/** What objects may be like: refused is what is dangerous, not what is merely old. */
final class ObjectRules {

  /** Real histories have these. */
  private static final Set<ObjectChecker.ErrorType> OLD =
      EnumSet.of(
          ZERO_PADDED_FILEMODE,
          BAD_DATE,
          BAD_EMAIL,
          BAD_TIMEZONE,
          MISSING_EMAIL,
          MISSING_SPACE_BEFORE_DATE);

  private static final Set<ObjectChecker.ErrorType> DANGEROUS_MODULES =
      EnumSet.of(GITMODULES_NAME, GITMODULES_PATH, GITMODULES_URL);

  /** More than any sane {@code .gitmodules} has. */
  private static final int MOST_MODULES_BYTES = 1024 * 1024;

  private ObjectRules() {}

  /** A checker for one pack. Look-alikes of {@code .git} on any file system are refused. */
  static LinkingChecker checker() {
    LinkingChecker checker = new LinkingChecker();
    checker.setSafeForMacOS(true).setIgnore(OLD);
    return checker;
  }

  /**
   * Checks what could not be checked object by object: {@code .gitmodules} that make clients run
   * commands or write where they should not.
   *
   * @param checker has seen the pack
   * @param reader reads the pack's objects
   * @throws CorruptObjectException if there is a dangerous one
   */
  static void checkModules(ObjectChecker checker, ObjectReader reader) throws IOException {
    for (GitmoduleEntry entry : checker.getGitsubmodules()) {
      try {
        byte[] content = reader.open(entry.getBlobId()).getCachedBytes(MOST_MODULES_BYTES);
        SubmoduleValidator.assertValidGitModulesFile(new String(content, StandardCharsets.UTF_8));
      } catch (MissingObjectException e) {
        // It was not sent. Whether anything reaches it is the connectivity check's business.
      } catch (LargeObjectException e) {
        throw new CorruptObjectException(entry.getBlobId(), "a .gitmodules file is too large");
      } catch (SubmoduleValidationException e) {
        if (DANGEROUS_MODULES.contains(e.getFsckMessageId())) {
          throw new CorruptObjectException(entry.getBlobId(), "a dangerous .gitmodules file");
        }
      }
    }
  }
}
