package org.purgatory.sync.sync;

import java.util.Optional;

/**
 * An owner's repository that is on this volume.
 *
 * @param hasRefs whether it has any branch, tag or other ref besides HEAD
 * @param standing what became of its branches and tags since a state was last brought there
 * @param applied the state that its branches and tags were last brought to, or are being brought to
 * @param problem why it cannot be opened, for the operator; empty if it can. Events that concern
 *     one that cannot wait until it can
 */
public record HostedRepository(
    boolean hasRefs, Standing standing, Optional<AppliedState> applied, Optional<String> problem) {

  /** How branches and tags stand to the state that was applied last. */
  public enum Standing {
    /** There are none. */
    EMPTY,
    /** They are as the state has them. */
    AS_APPLIED,
    /** They are as we left them before: the state was to be applied, and that did not succeed. */
    AS_BEFORE,
    /** Somebody else has brought them to where they are. */
    CHANGED
  }

  /**
   * One that can be opened, to which no state was ever applied from here.
   *
   * @param hasRefs whether it has refs besides HEAD, branches among them
   * @return the repository
   */
  public static HostedRepository usable(boolean hasRefs) {
    return new HostedRepository(
        hasRefs, hasRefs ? Standing.CHANGED : Standing.EMPTY, Optional.empty(), Optional.empty());
  }

  /**
   * One that is here and cannot be opened.
   *
   * @param problem which one it is, why, and what to do
   * @return the repository
   */
  public static HostedRepository broken(String problem) {
    return new HostedRepository(false, Standing.CHANGED, Optional.empty(), Optional.of(problem));
  }

  /**
   * Whether it can be opened.
   *
   * @return true if there is no problem with it
   */
  public boolean usable() {
    return problem.isEmpty();
  }
}
