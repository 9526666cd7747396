package org.purgatory.sync.git;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.ObjectWalk.VisitationPolicy;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTree;

/**
 * Lets a walk visit each object once, as by default, and tells whether it met directories within
 * directories beyond what C git takes ({@code core.maxTreeDepth}). JGit and older C gits go through
 * them by recursion, in which a deep one ends their process, or every gc of a repository.
 *
 * <p>A walk goes down a tree it sees for the first time; how high that is, is known when it comes
 * up again. The height is kept in flags of the tree itself, and beyond those in a map, as no sane
 * history needs that.
 */
final class NestingLimit implements VisitationPolicy {

  /** How many directories may be in each other. */
  static final int MOST = 2048;

  private static final int BITS = 5;
  private static final int IN_MAP = (1 << BITS) - 1;

  private final ObjectWalk walk;
  private final RevFlag[] bits = new RevFlag[BITS];
  private final Map<ObjectId, Integer> tall = new HashMap<>();
  private RevTree[] path = new RevTree[IN_MAP];
  private int[] heights = new int[IN_MAP];
  private int depth;
  private boolean exceeded;

  NestingLimit(ObjectWalk walk) {
    this.walk = walk;
    for (int bit = 0; bit < BITS; bit++) {
      bits[bit] = walk.newFlag("height" + bit);
    }
  }

  boolean isExceeded() {
    return exceeded;
  }

  @Override
  public boolean shouldVisit(RevObject object) {
    boolean anew = ObjectWalk.SIMPLE_VISITATION_POLICY.shouldVisit(object);
    if (!anew && object instanceof RevTree tree) {
      int level = walk.getTreeDepth();
      climbTo(level);
      reached(level, heightOf(tree));
    }
    return anew;
  }

  @Override
  public void visited(RevObject object) {
    ObjectWalk.SIMPLE_VISITATION_POLICY.visited(object);
    if (object instanceof RevTree tree) {
      int level = walk.getTreeDepth();
      climbTo(level);
      if (level == path.length) {
        path = Arrays.copyOf(path, 2 * level);
        heights = Arrays.copyOf(heights, 2 * level);
      }
      path[level] = tree;
      heights[level] = 0;
      depth = level + 1;
      reached(level, 0);
    }
  }

  /** What is below this level of the path will not be seen any more. */
  private void climbTo(int level) {
    while (depth > level) {
      depth--;
      remember(path[depth], heights[depth]);
      raise(depth, heights[depth]);
    }
  }

  private void reached(int level, int height) {
    exceeded |= level + height >= MOST;
    raise(level, height);
  }

  private void raise(int level, int height) {
    if (level > 0) {
      heights[level - 1] = Math.max(heights[level - 1], height + 1);
    }
  }

  private void remember(RevTree tree, int height) {
    int kept = Math.min(height, IN_MAP);
    for (int bit = 0; bit < BITS; bit++) {
      if ((kept >> bit & 1) != 0) {
        tree.add(bits[bit]);
      }
    }
    if (height >= IN_MAP) {
      tall.put(tree.copy(), height);
    }
  }

  private int heightOf(RevTree tree) {
    int height = 0;
    for (int bit = 0; bit < BITS; bit++) {
      if (tree.has(bits[bit])) {
        height |= 1 << bit;
      }
    }
    return height == IN_MAP ? tall.getOrDefault(tree, IN_MAP) : height;
  }
}
