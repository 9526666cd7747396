package org.purgatory.sync.git;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.BlobObjectChecker;
import org.eclipse.jgit.lib.ObjectChecker;

/** Checks the objects of one pack, and lets those that are fine be taken down. */
final class LinkingChecker extends ObjectChecker {

  private final PackLinks links = new PackLinks();

  /** Where the objects that came lead. */
  PackLinks links() {
    return links;
  }

  @Override
  public void check(AnyObjectId id, int type, byte[] raw) throws CorruptObjectException {
    super.check(id, type, raw);
    links.object(id, type, raw);
  }

  @Override
  public BlobObjectChecker newBlobObjectChecker() {
    return new BlobObjectChecker() {
      @Override
      public void update(byte[] in, int offset, int length) {
        // Whatever is in a blob is fine.
      }

      @Override
      public void endBlob(AnyObjectId id) {
        links.blob(id);
      }
    };
  }
}
