package org.purgatory.sync.git;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that are on the disk once they are written. */
final class SyncedFiles {

  private SyncedFiles() {}

  /** Writes a file that is not there yet. */
  static void write(Path file, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 14)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** What is in a file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
