package org.purgatory.sync.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.annotate.TargetElement;
import org.eclipse.jgit.util.TemporaryBuffer;

/**
 * Buffers that begin small. For each request of a fetch JGit makes one that may become 2 GB, with a
 * list that has room for all its blocks: 2 MB, which took an eighth of a small fetch's processor
 * time in the executable. The list grows by itself.
 */
@TargetClass(TemporaryBuffer.class)
final class RequestBuffers {

  @Alias private int inCoreLimit;
  @Alias private int initialBlocks;

  @Alias
  public native void reset();

  @Substitute
  @TargetElement(name = TargetElement.CONSTRUCTOR_NAME)
  RequestBuffers(int estimatedSize, int limit) {
    inCoreLimit = limit;
    initialBlocks = 16;
    reset();
  }
}
