package org.purgatory.sync.sync;

/**
 * An owner's repository that is on this volume.
 *
 * @param usable whether it can be opened; events that concern one that cannot wait until it can
 * @param hasRefs whether it has any branch, tag or other ref besides HEAD
 */
public record HostedRepository(boolean usable, boolean hasRefs) {

  /** One that is here and cannot be opened. */
  public static final HostedRepository BROKEN = new HostedRepository(false, false);

  /**
   * One that can be opened.
   *
   * @param hasRefs whether it has any ref besides HEAD
   * @return the repository
   */
  public static HostedRepository usable(boolean hasRefs) {
    return new HostedRepository(true, hasRefs);
  }
}
