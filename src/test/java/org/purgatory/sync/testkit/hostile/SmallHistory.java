package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.GitText.bytes;
import static org.purgatory.sync.testkit.hostile.GitText.entry;
import static org.purgatory.sync.testkit.hostile.GitText.joined;
import static org.purgatory.sync.testkit.hostile.PackBytes.BLOB;
import static org.purgatory.sync.testkit.hostile.PackBytes.COMMIT;
import static org.purgatory.sync.testkit.hostile.PackBytes.TREE;
import static org.purgatory.sync.testkit.hostile.PackBytes.id;

/**
 * Two commits with a file in a directory.
 *
 * @param tip the newer one's id
 * @param pack all of it
 */
public record SmallHistory(String tip, byte[] pack) {

  /** Makes one. Each name makes another. */
  public static SmallHistory named(String name) {
    byte[] file = bytes("This is " + name + "\n");
    byte[] directory = entry("100644", "file", id(BLOB, file));
    byte[] root =
        joined(entry("100755", "also", id(BLOB, file)), entry("40000", "dir", id(TREE, directory)));
    byte[] first = GitText.commit(id(TREE, directory));
    byte[] second = GitText.commit(id(TREE, root), id(COMMIT, first));
    byte[] pack =
        new PackBytes()
            .add(COMMIT, second)
            .add(COMMIT, first)
            .add(TREE, root)
            .add(TREE, directory)
            .add(BLOB, file)
            .toBytes();
    return new SmallHistory(id(COMMIT, second), pack);
  }

  /** What an honest server says that has it. */
  public HostileGitServer.Script script() {
    return (asked, body, out) -> {
      out.write(Answers.honest(asked, body, pack));
      return true;
    };
  }
}
