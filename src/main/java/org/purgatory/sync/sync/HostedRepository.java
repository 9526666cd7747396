package org.purgatory.sync.sync;

/**
 * An owner's repository that is on this volume.
 *
 * @param hasRefs whether it has any branch, tag or other ref besides HEAD
 */
public record HostedRepository(boolean hasRefs) {}
