package org.purgatory.sync.git;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Names in trees that become {@code .git} or {@code .gitmodules} on some file system: whatever
 * their case, with characters that HFS+ ignores, or by the short names, streams and trailing dots
 * of NTFS. The rules are those of C git's fsck ({@code is_hfs_dotgit}, {@code is_ntfs_dotgit} and
 * the like).
 */
final class GitNames {

  private static final int ANY_CASE = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

  private static final Pattern GIT = Pattern.compile("\\.git", ANY_CASE);
  private static final Pattern MODULES = Pattern.compile("\\.gitmodules", ANY_CASE);

  /** U+200C-200F, U+202A-202E, U+206A-206F and U+FEFF, as bytes of UTF-8. */
  private static final Pattern IGNORED_ON_HFS =
      Pattern.compile(
          "\u00e2\u0080[\u008c-\u008f\u00aa-\u00ae]|\u00e2\u0081[\u00aa-\u00af]|\u00ef\u00bb\u00bf");

  /** A backslash separates directories there, and a colon begins a stream. */
  private static final Pattern GIT_ON_NTFS =
      Pattern.compile("(?:.*\\\\)?(?:\\.git|git~1)[. ]*(?:[\\\\:].*)?", ANY_CASE);

  /** With the short names that NTFS makes: of the name's beginning, or of its hash. */
  private static final Pattern MODULES_ON_NTFS =
      Pattern.compile(
          "(?:.*\\\\)?(?:\\.gitmodules|gitmod~[1-4]"
              + "|~[1-9][0-9]{6}|g~[1-9][0-9]{5}|gi~[1-9][0-9]{4}|gi7~[1-9][0-9]{3}"
              + "|gi7e~[1-9][0-9]{2}|gi7eb~[1-9][0-9]|gi7eba~[1-9])[. ]*(?::.*)?",
          ANY_CASE);

  private GitNames() {}

  /** What a name stands for. */
  enum Meaning {
    GIT,
    MODULES,
    OTHER
  }

  /**
   * Tells what a name stands for somewhere.
   *
   * @param raw a tree
   * @param start where the name begins
   * @param end where it ends
   */
  static Meaning of(byte[] raw, int start, int end) {
    if (!isWorthALook(raw, start, end)) {
      return Meaning.OTHER;
    }
    // A character for each byte: what is looked for is ASCII, whatever the encoding.
    String name = new String(raw, start, end - start, StandardCharsets.ISO_8859_1);
    String onHfs = IGNORED_ON_HFS.matcher(name).replaceAll("");
    if (GIT.matcher(onHfs).matches() || GIT_ON_NTFS.matcher(name).matches()) {
      return Meaning.GIT;
    }
    if (MODULES.matcher(onHfs).matches() || MODULES_ON_NTFS.matcher(name).matches()) {
      return Meaning.MODULES;
    }
    return Meaning.OTHER;
  }

  /** Few names have any of this, and trees have many names. */
  private static boolean isWorthALook(byte[] raw, int start, int end) {
    if (end - start > 1 && raw[start] == '.' && (raw[start + 1] | 0x20) == 'g') {
      return true;
    }
    for (int i = start; i < end; i++) {
      byte b = raw[i];
      if (b == '~' || b == '\\' || b == (byte) 0xe2 || b == (byte) 0xef) {
        return true;
      }
    }
    return false;
  }
}
