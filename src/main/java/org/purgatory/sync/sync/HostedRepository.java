package org.purgatory.sync.sync;

import java.util.Optional;

/**
 * An owner's repository that is on this volume.
 *
 * @param hasRefs whether it has any branch, tag or other ref besides HEAD
 * @param untouched whether nobody but us has brought its branches and tags to where they are: they
 *     are just as the applied state has them, or there are none. Only then can a state that the
 *     relay serves already be brought there without rolling back a push
 * @param applied the state that its branches and tags were last brought to, or are being brought to
 * @param problem why it cannot be opened, for the operator; empty if it can. Events that concern
 *     one that cannot wait until it can
 */
public record HostedRepository(
    boolean hasRefs, boolean untouched, Optional<AppliedState> applied, Optional<String> problem) {

  /**
   * One that can be opened, to which no state was ever applied from here.
   *
   * @param hasRefs whether it has refs besides HEAD, branches among them
   * @return the repository
   */
  public static HostedRepository usable(boolean hasRefs) {
    return new HostedRepository(hasRefs, !hasRefs, Optional.empty(), Optional.empty());
  }

  /**
   * One that is here and cannot be opened.
   *
   * @param problem which one it is, why, and what to do
   * @return the repository
   */
  public static HostedRepository broken(String problem) {
    return new HostedRepository(false, false, Optional.empty(), Optional.of(problem));
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
