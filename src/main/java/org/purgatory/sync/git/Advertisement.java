package org.purgatory.sync.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/**
 * What a server says which refs it has, as far as it matters to one exchange.
 *
 * @param hash the same as long as it says the same
 * @param tips those of the wanted objects that it names, and so has
 */
record Advertisement(String hash, Set<ObjectId> tips) {

  /** What JGit has read, as it does with servers that speak an old protocol. */
  static Advertisement of(Collection<Ref> refs, Set<ObjectId> wanted) {
    Reader reader = new Reader(wanted);
    for (Ref ref : refs) {
      if (ref.getObjectId() != null) {
        reader.ref(ref.getObjectId(), ref.getName());
      }
      if (ref.getPeeledObjectId() != null) {
        reader.names(ref.getPeeledObjectId());
      }
    }
    return reader.end();
  }

  /** Takes one ref after another, and keeps no more than was wanted. */
  static final class Reader {

    private final MessageDigest digest = Hashes.digest();
    private final Set<ObjectId> tips = new HashSet<>();
    private final Set<ObjectId> wanted;

    Reader(Set<ObjectId> wanted) {
      this.wanted = wanted;
    }

    void ref(ObjectId id, String text) {
      names(id);
      digest.update((id.name() + ' ' + text + '\n').getBytes(StandardCharsets.UTF_8));
    }

    void names(ObjectId id) {
      if (wanted.contains(id)) {
        tips.add(id);
      }
    }

    Advertisement end() {
      return new Advertisement(HexFormat.of().formatHex(digest.digest()), tips);
    }
  }
}
