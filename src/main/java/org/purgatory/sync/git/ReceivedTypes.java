package org.purgatory.sync.git;

import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.util.NB;

/**
 * Knows of the objects of one pack which are files, in few bytes each: a tree's word for it is not
 * enough, and to ask the pack would be to unpack it again. Objects go by the first 64 bits of their
 * names. Nobody finds a file of the same beginning as somebody else's object; who finds two of
 * their own contradicts themselves.
 *
 * <p>Invariant: no object is a file and something else, whether by itself or by a tree's word.
 */
final class ReceivedTypes {

  private static final byte FILE = 1;
  private static final byte OTHER = 2;
  private static final byte CAME = 4;

  private final byte[] buffer = new byte[Constants.OBJECT_ID_LENGTH];
  private long[] prefixes = new long[1024];
  private byte[] kinds = new byte[prefixes.length];
  private int count;

  /**
   * An object came.
   *
   * @return false if something else is known of it
   */
  boolean came(AnyObjectId id, int type) {
    return add(prefix(id), (byte) (CAME | (type == Constants.OBJ_BLOB ? FILE : OTHER)));
  }

  /**
   * A tree says what an object is.
   *
   * @param raw the tree
   * @param at where the object's name begins
   * @return false if something else is known of it
   */
  boolean said(byte[] raw, int at, boolean isFile) {
    return add(NB.decodeInt64(raw, at), isFile ? FILE : OTHER);
  }

  /** Whether an object came, and is a file. */
  boolean isFile(AnyObjectId id) {
    long prefix = prefix(id);
    int slot = slot(prefix);
    return kinds[slot] == (CAME | FILE);
  }

  private long prefix(AnyObjectId id) {
    id.copyRawTo(buffer, 0);
    return NB.decodeInt64(buffer, 0);
  }

  private boolean add(long prefix, byte kind) {
    int slot = slot(prefix);
    if (kinds[slot] == 0) {
      prefixes[slot] = prefix;
      count++;
    }
    kinds[slot] |= kind;
    boolean consistent = (kinds[slot] & (FILE | OTHER)) != (FILE | OTHER);
    if (2 * count > prefixes.length) {
      grow();
    }
    return consistent;
  }

  /** Where a prefix is, or would be. */
  private int slot(long prefix) {
    int mask = prefixes.length - 1;
    int slot = (int) (prefix ^ prefix >>> 32) & mask;
    while (kinds[slot] != 0 && prefixes[slot] != prefix) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldPrefixes = prefixes;
    byte[] oldKinds = kinds;
    prefixes = new long[2 * oldPrefixes.length];
    kinds = new byte[prefixes.length];
    for (int i = 0; i < oldKinds.length; i++) {
      if (oldKinds[i] != 0) {
        int slot = slot(oldPrefixes[i]);
        prefixes[slot] = oldPrefixes[i];
        kinds[slot] = oldKinds[i];
      }
    }
  }
}
