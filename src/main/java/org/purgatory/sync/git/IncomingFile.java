package org.purgatory.sync.git;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The file that a pack is written to as it comes, and read again where deltas build on it. What
 * comes in small pieces is written in large ones, which takes half the time.
 */
final class IncomingFile implements Closeable {

  private static final int WRITTEN_AT_ONCE = 64 * 1024;

  private final RandomAccessFile file;
  private final byte[] unwritten = new byte[WRITTEN_AT_ONCE];
  private int unwrittenLength;

  /** Opens a file, which is made if need be. */
  IncomingFile(Path path) throws IOException {
    file = new RandomAccessFile(path.toFile(), "rw");
  }

  /** How long it is, with all that was appended. */
  long length() throws IOException {
    return file.length() + unwrittenLength;
  }

  /** Adds bytes at its end, 64 KB at the most. */
  void append(byte[] bytes, int offset, int length) throws IOException {
    if (length > unwritten.length - unwrittenLength) {
      write();
    }
    System.arraycopy(bytes, offset, unwritten, unwrittenLength, length);
    unwrittenLength += length;
  }

  /** Replaces bytes in it. */
  void replace(long position, byte[] bytes) throws IOException {
    seek(position);
    file.write(bytes);
  }

  /** Goes to where it is to be read. */
  void seek(long position) throws IOException {
    write();
    file.seek(position);
  }

  /** Reads on from there; answers how many bytes, or a negative number at its end. */
  int read(byte[] target, int offset, int length) throws IOException {
    return file.read(target, offset, length);
  }

  /** Makes it survive a power cut, and works meanwhile. */
  void syncWhile(Meanwhile.Work work) throws IOException {
    write();
    Meanwhile.run(() -> file.getChannel().force(true), work);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void write() throws IOException {
    if (unwrittenLength > 0) {
      file.seek(file.length());
      file.write(unwritten, 0, unwrittenLength);
      unwrittenLength = 0;
    }
  }
}
