package org.purgatory.sync.git;

import java.util.Set;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.MutableObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * Takes down where the objects of one pack lead, as they come. If they lead to each other only, a
 * pack is whole: its objects need not be read a second time to find that out, as C git's index-pack
 * does it for clones.
 */
final class PackLinks {

  /** What packs with more objects lead to is not taken down: it would take tens of megabytes. */
  private static final int MOST_OBJECTS = 250_000;

  private static final byte[] PARENT = Constants.encodeASCII("parent ");

  private final ObjectIdOwnerMap<Node> nodes = new ObjectIdOwnerMap<>();
  private final MutableObjectId target = new MutableObjectId();
  private final Nesting nesting = new Nesting();
  private int objects;
  private boolean contradictory;

  /**
   * An object came that is not broken.
   *
   * @param raw its content; of a blob it is not looked at
   */
  void object(AnyObjectId id, int type, byte[] raw) {
    came(id, type);
    switch (type) {
      case Constants.OBJ_COMMIT -> commit(raw);
      case Constants.OBJ_TREE -> tree(id, raw);
      case Constants.OBJ_TAG -> tag(raw);
      default -> {
        // Blobs lead nowhere.
      }
    }
  }

  /** A blob came. */
  void blob(AnyObjectId id) {
    came(id, Constants.OBJ_BLOB);
  }

  /** Whether these objects came, with all that they reach. False if it is not known. */
  boolean isWhole(Set<ObjectId> wanted) {
    if (isTooLarge() || contradictory || !wanted.stream().allMatch(this::hasCome)) {
      return false;
    }
    for (Node node : nodes) {
      if (node.type == 0 || node.isNot(node.type)) {
        return false;
      }
    }
    return nesting.isKnownToBeSane(nodes.size());
  }

  /**
   * Whether each of so many different objects came, and is reached from these. False if it is not
   * known.
   */
  boolean isReachedFrom(Set<ObjectId> wanted, long count) {
    if (isTooLarge() || objects != count) {
      return false;
    }
    for (Node node : nodes) {
      // As no object leads to itself, whatever something leads to is reached from what nothing
      // leads to.
      if (node.type != 0 && node.expected == 0 && !wanted.contains(node)) {
        return false;
      }
    }
    return true;
  }

  private boolean isTooLarge() {
    return nodes.size() > MOST_OBJECTS;
  }

  private boolean hasCome(ObjectId id) {
    Node node = nodes.get(id);
    return node != null && node.type != 0;
  }

  private void came(AnyObjectId id, int type) {
    Node node = node(id);
    if (node != null && node.type == 0) {
      node.type = type;
      objects++;
    }
  }

  private void commit(byte[] raw) {
    int next = link(raw, "tree ".length(), Constants.OBJ_TREE);
    while (RawParseUtils.match(raw, next, PARENT) > 0) {
      next = link(raw, next + PARENT.length, Constants.OBJ_COMMIT);
    }
  }

  private void tag(byte[] raw) {
    int object = "object ".length();
    int type = object + Constants.OBJECT_ID_STRING_LENGTH + 1 + "type ".length();
    int end = RawParseUtils.nextLF(raw, type) - 1;
    link(raw, object, typeOf(RawParseUtils.decode(raw, type, end)));
  }

  private static int typeOf(String name) {
    return switch (name) {
      case Constants.TYPE_COMMIT -> Constants.OBJ_COMMIT;
      case Constants.TYPE_TREE -> Constants.OBJ_TREE;
      case Constants.TYPE_BLOB -> Constants.OBJ_BLOB;
      default -> Constants.OBJ_TAG;
    };
  }

  private void tree(AnyObjectId id, byte[] raw) {
    Node tree = node(id);
    int at = 0;
    while (at < raw.length) {
      int mode = 0;
      for (; raw[at] != ' '; at++) {
        mode = (mode << 3) + (raw[at] - '0');
      }
      at = RawParseUtils.next(raw, at, '\0');
      target.fromRaw(raw, at);
      at += Constants.OBJECT_ID_LENGTH;
      if (FileMode.TREE.equals(mode)) {
        Node inner = link(Constants.OBJ_TREE);
        if (tree != null && inner != null) {
          nesting.add(tree.number, inner.number);
        }
      } else if (!FileMode.GITLINK.equals(mode)) {
        link(Constants.OBJ_BLOB);
      }
    }
  }

  /** Notes a link that is a line of hex digits, and answers where the next line begins. */
  private int link(byte[] raw, int at, int type) {
    target.fromString(raw, at);
    link(type);
    return at + Constants.OBJECT_ID_STRING_LENGTH + 1;
  }

  /** Null if there are too many. */
  private Node link(int type) {
    Node node = node(target);
    if (node != null) {
      contradictory |= node.isNot(type);
      node.expected = type;
    }
    return node;
  }

  /** Null if there are too many. */
  private Node node(AnyObjectId id) {
    if (isTooLarge()) {
      return null;
    }
    Node node = nodes.get(id);
    if (node == null) {
      node = new Node(id, nodes.size());
      nodes.add(node);
    }
    return node;
  }

  /** An object that came or that another one leads to. */
  private static final class Node extends ObjectIdOwnerMap.Entry {

    /** What it is; 0 as long as it has not come. */
    private int type;

    /** What those that lead to it take it for; 0 if none does. */
    private int expected;

    private final int number;

    Node(AnyObjectId id, int number) {
      super(id);
      this.number = number;
    }

    boolean isNot(int given) {
      return expected != 0 && expected != given;
    }
  }
}
