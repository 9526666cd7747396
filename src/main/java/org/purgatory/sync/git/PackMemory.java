package org.purgatory.sync.git;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;

/**
 * What JGit keeps in memory while it reads a pack, reckoned before it does: the list of objects,
 * commits, trees and tags one by one, and while deltas are resolved the objects on the way from a
 * base to the one in work, as far as they have further children.
 */
final class PackMemory {

  /**
   * JGit's entries for an object, for a delta and its base, and ours, {@link PackLinks} included.
   */
  private static final long PER_OBJECT = 250;

  /** How much an object may outgrow twice its base and its delta: git makes no such deltas. */
  private static final long GROWTH = 1L << 20;

  /** The most that git itself can be told to make ({@code pack.depth}). */
  private static final int MOST_DEPTH = 4095;

  private final MemoryBudget.Share share;
  private final Set<ObjectId> namedBases = new HashSet<>();
  private long[] bases = new long[16];
  private int deltas;
  private long objects;
  private long outside;
  private long largest;
  private long held;

  PackMemory(MemoryBudget.Share share) {
    this.share = share;
  }

  /** So many objects are going to be listed. */
  void announced(long count) throws IOException {
    objects = count * PER_OBJECT;
    share.require(objects);
  }

  /** An object, or a delta, is going to be read as a whole, now or later. */
  void whole(long size) throws IOException {
    share.require(objects + size);
  }

  /** A delta builds on the object at a place in the pack. */
  void delta(long base) {
    if (deltas == bases.length) {
      bases = Arrays.copyOf(bases, 2 * deltas);
    }
    bases[deltas++] = base;
  }

  /**
   * A delta builds on an object by its name.
   *
   * @param outsideSize its size if it is here already, else 0
   */
  void delta(AnyObjectId base, long outsideSize) throws IOException {
    namedBases.add(base.copy());
    outside = Math.max(outside, outsideSize);
    share.require(objects + outside);
  }

  /** From now on deltas are resolved. */
  void resolve() {
    Arrays.sort(bases, 0, deltas);
  }

  /** An object that has children is going to be read. */
  void base(long size) throws IOException {
    largest = size;
    share.require(objects + size);
  }

  /**
   * A delta is going to be applied.
   *
   * @return how large the result may be
   */
  long apply(long size) throws IOException {
    long base = Math.max(largest, outside);
    long result = 2 * base + size + GROWTH;
    share.require(objects + held + base + size + result);
    return result;
  }

  /** A delta has been applied. */
  void applied(Entry entry) throws TooLargeException {
    if (entry.depth > MOST_DEPTH) {
      throw new TooLargeException("a chain of more than " + MOST_DEPTH + " deltas was sent");
    }
    largest = Math.max(largest, entry.getFullSize());
    held = entry.held;
  }

  /**
   * An object of the pack.
   *
   * @param parent what it is a delta to, or null
   */
  Entry entry(AnyObjectId id, ObjectId parent) {
    Entry entry = new Entry(id);
    if (parent instanceof Entry base) {
      entry.depth = base.depth + 1;
      entry.held = base.held + (hasFurtherChildren(base) ? base.getFullSize() : 0);
    } else if (parent != null) {
      entry.depth = 1;
      entry.held = outside;
    }
    return entry;
  }

  private boolean hasFurtherChildren(Entry base) {
    if (base.children < 0) {
      base.children = children(base.getOffset());
    }
    base.children--;
    return base.children > 0 || namedBases.contains(base);
  }

  private int children(long base) {
    int any = Arrays.binarySearch(bases, 0, deltas, base);
    if (any < 0) {
      return 0;
    }
    int first = any;
    while (first > 0 && bases[first - 1] == base) {
      first--;
    }
    int end = any + 1;
    while (end < deltas && bases[end] == base) {
      end++;
    }
    return end - first;
  }

  /** An object with its place among the deltas. */
  static final class Entry extends PackedObjectInfo {

    private int depth;
    private int children = -1;
    private long held;

    private Entry(AnyObjectId id) {
      super(id);
    }
  }
}
