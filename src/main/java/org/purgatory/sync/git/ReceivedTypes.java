package org.purgatory.sync.git;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;

/**
 * What the objects of one pack are, in few bytes each: a tree's word for it is not enough, and to
 * ask the pack would be to unpack it again. Written first and read then.
 */
final class ReceivedTypes {

  private final Prefixes blobs = new Prefixes();
  private final Prefixes others = new Prefixes();
  private final ByteBuffer buffer = ByteBuffer.allocate(Constants.OBJECT_ID_LENGTH);

  void add(AnyObjectId id, int type) {
    (type == Constants.OBJ_BLOB ? blobs : others).add(prefix(id));
  }

  /**
   * Whether an object is a file for certain. Nobody finds a file of the same beginning as somebody
   * else's object; who finds two of their own is not believed.
   */
  boolean isBlob(AnyObjectId id) {
    long prefix = prefix(id);
    return !others.contains(prefix) && blobs.contains(prefix);
  }

  private long prefix(AnyObjectId id) {
    buffer.clear();
    id.copyRawTo(buffer);
    return buffer.getLong(0);
  }

  private static final class Prefixes {
    private long[] all = new long[16];
    private int count;
    private boolean sorted;

    void add(long prefix) {
      if (count == all.length) {
        all = Arrays.copyOf(all, count + (count >> 1));
      }
      all[count++] = prefix;
      sorted = false;
    }

    boolean contains(long prefix) {
      if (!sorted) {
        Arrays.sort(all, 0, count);
        sorted = true;
      }
      return Arrays.binarySearch(all, 0, count, prefix) >= 0;
    }
  }
}
