package org.purgatory.sync.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.File;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Locale;
import org.eclipse.jgit.util.FileUtils;

/**
 * Files that are found missing at less cost. JGit looks for some that most repositories do not
 * have, such as {@code packed-refs}, each time that one is opened. An exception that comes from
 * native code takes 50 µs in the executable, and JGit compiles a pattern to look at its message.
 */
@TargetClass(FileUtils.class)
final class MissingFiles {

  private MissingFiles() {}

  @Substitute
  static BasicFileAttributes fileAttributes(File file) throws IOException {
    Path path = file.toPath();
    Provider provider = (Provider) (Object) path.getFileSystem().provider();
    BasicFileAttributes attributes =
        provider.readAttributesIfExists(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes == null) {
      throw new NoSuchFileException(file.toString());
    }
    return attributes;
  }

  @Substitute
  public static boolean isStaleFileHandle(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage().toLowerCase(Locale.ROOT);
    return message.startsWith("stale ") && message.matches("stale .*file .*handle");
  }

  /** What the JDK has from version 20 on. */
  @TargetClass(FileSystemProvider.class)
  static final class Provider {

    private Provider() {}

    @Alias
    native <A extends BasicFileAttributes> A readAttributesIfExists(
        Path path, Class<A> type, LinkOption... options) throws IOException;
  }
}
