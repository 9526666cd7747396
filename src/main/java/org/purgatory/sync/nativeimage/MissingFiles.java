package org.purgatory.sync.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import org.eclipse.jgit.util.FileUtils;

/**
 * Files that are found missing at less cost. JGit looks for some that most repositories do not
 * have, such as {@code packed-refs}, each time that one is opened, and for a ref that is to be made
 * each time that it does something with it. An exception that comes from native code takes 50 µs in
 * the executable, and JGit compiles a pattern to look at its message. A link that leads nowhere
 * counts as missing, as it cannot be read either. Otherwise these do what those of JGit 7.8 do.
 */
@TargetClass(FileUtils.class)
final class MissingFiles {

  private MissingFiles() {}

  @Substitute
  static BasicFileAttributes fileAttributes(File file) throws IOException {
    Path path = file.toPath();
    if (!Files.exists(path)) {
      throw new MissingFileException(path);
    }
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Substitute
  public static <T> T readWithRetries(File file, FileUtils.IOFunction<File, ? extends T> reader)
      throws Exception {
    int mostRetries = 5;
    int retries = 0;
    long pause = 50;
    while (file.isFile()) {
      try {
        return reader.apply(file);
      } catch (FileNotFoundException e) {
        // Gone meanwhile, or it is there and cannot be opened: JGit waits for up to 1.5 s.
        if (pause > 1000) {
          throw e;
        }
        if (file.isFile()) {
          backOff(pause, e);
          pause *= 2;
        }
      } catch (IOException e) {
        if (retries++ == mostRetries || !FileUtils.isStaleFileHandleInCausalChain(e)) {
          throw e;
        }
      }
    }
    return null;
  }

  @Alias
  private static native void backOff(long delay, IOException cause) throws IOException;

  @Substitute
  public static boolean isStaleFileHandle(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
    return message.startsWith("stale ") && message.matches("stale .*file .*handle");
  }
}
