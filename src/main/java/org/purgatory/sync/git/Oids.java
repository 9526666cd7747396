package org.purgatory.sync.git;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.purgatory.sync.nostr.Oid;

/** Object names, ours and JGit's. JGit knows SHA-1 only. */
final class Oids {

  private Oids() {}

  static boolean isSupported(Oid oid) {
    return !oid.isSha256();
  }

  /** JGit's name of a SHA-1 object. */
  static ObjectId toJGit(Oid oid) {
    return ObjectId.fromString(oid.hex());
  }

  /** JGit's names of those that it can name. */
  static Set<ObjectId> supported(Collection<Oid> oids) {
    return oids.stream()
        .filter(Oids::isSupported)
        .map(Oids::toJGit)
        .collect(Collectors.toUnmodifiableSet());
  }

  static Oid fromJGit(AnyObjectId id) {
    return new Oid(id.name());
  }

  /** Our names of several. */
  static Set<Oid> fromJGit(Collection<ObjectId> ids) {
    return ids.stream().map(Oids::fromJGit).collect(Collectors.toUnmodifiableSet());
  }
}
