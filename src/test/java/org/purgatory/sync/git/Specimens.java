package org.purgatory.sync.git;

import static org.purgatory.sync.testkit.hostile.GitText.bytes;
import static org.purgatory.sync.testkit.hostile.GitText.commit;
import static org.purgatory.sync.testkit.hostile.GitText.entry;
import static org.purgatory.sync.testkit.hostile.GitText.joined;
import static org.purgatory.sync.testkit.hostile.PackBytes.BLOB;
import static org.purgatory.sync.testkit.hostile.PackBytes.COMMIT;
import static org.purgatory.sync.testkit.hostile.PackBytes.TAG;
import static org.purgatory.sync.testkit.hostile.PackBytes.TREE;
import static org.purgatory.sync.testkit.hostile.PackBytes.id;

import java.util.ArrayList;
import java.util.List;
import org.purgatory.sync.testkit.hostile.PackBytes;

/** Odd objects, gathered to go into one repository, and what to fetch to get each. */
final class Specimens {

  /**
   * An odd object.
   *
   * @param name what is odd
   * @param culprit the object that is
   * @param wanted what reaches it
   */
  record Specimen(String name, String culprit, String wanted) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static final byte[] FILE = bytes("x");

  private final List<Specimen> all = new ArrayList<>();
  private final PackBytes pack = new PackBytes().add(BLOB, FILE).add(TREE, new byte[0]);

  List<Specimen> all() {
    return all;
  }

  byte[] pack() {
    return pack.toBytes();
  }

  /** A file of an odd name. */
  Specimens file(String name) {
    return tree(printable(name), entry("100644", name, id(BLOB, FILE)));
  }

  /** A tree of odd entries. */
  Specimens tree(String name, byte[]... entries) {
    byte[] tree = joined(entries);
    byte[] commit = commit(id(TREE, tree));
    pack.add(TREE, tree).add(COMMIT, commit);
    all.add(new Specimen(name, id(TREE, tree), id(COMMIT, commit)));
    return this;
  }

  /** A file of modules with an odd content. */
  Specimens modules(String content) {
    return modules(".gitmodules", content);
  }

  /** A file of modules with an odd name. */
  Specimens modules(String name, String content) {
    byte[] file = bytes(content);
    byte[] tree = entry("100644", name, id(BLOB, file));
    byte[] commit = commit(id(TREE, tree));
    pack.add(BLOB, file).add(TREE, tree).add(COMMIT, commit);
    all.add(new Specimen(printable(name + " with " + content), id(BLOB, file), id(COMMIT, commit)));
    return this;
  }

  /** A commit that is odd itself. Its tree is empty. */
  Specimens commitOf(String name, String text) {
    byte[] commit = bytes(text.replace("TREE", id(TREE, new byte[0])));
    pack.add(COMMIT, commit);
    all.add(new Specimen(name, id(COMMIT, commit), id(COMMIT, commit)));
    return this;
  }

  /** A tag that is odd itself. It points at a file. */
  Specimens tagOf(String name, String text) {
    byte[] tag = bytes(text.replace("FILE", id(BLOB, FILE)));
    pack.add(TAG, tag);
    all.add(new Specimen(name, id(TAG, tag), id(TAG, tag)));
    return this;
  }

  static byte[] file(String mode, String name) {
    return entry(mode, name, id(BLOB, FILE));
  }

  static byte[] directory(String name) {
    return entry("40000", name, id(TREE, new byte[0]));
  }

  private static String printable(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .forEach(
            c -> out.append(c > ' ' && c <= '~' || c == ' ' ? (char) c : String.format("<%x>", c)));
    return out.toString();
  }
}
