package org.purgatory.sync.sync;

import java.util.Optional;

/**
 * An owner's repository that is on this volume.
 *
 * @param usable whether it can be opened; events that concern one that cannot wait until it can
 * @param hasRefs whether it has any branch, tag or other ref besides HEAD
 * @param applied the state that its branches and tags were last brought to, or are being brought to
 */
public record HostedRepository(boolean usable, boolean hasRefs, Optional<AppliedState> applied) {

  /** One that is here and cannot be opened. */
  public static final HostedRepository BROKEN =
      new HostedRepository(false, false, Optional.empty());

  /**
   * One that can be opened, to which no state was ever applied from here.
   *
   * @param hasRefs whether it has any ref besides HEAD
   * @return the repository
   */
  public static HostedRepository usable(boolean hasRefs) {
    return new HostedRepository(true, hasRefs, Optional.empty());
  }
}
