package org.purgatory.sync.sync;

/**
 * An identifier that may run now.
 *
 * @param claim the right to run it
 * @param work what there was to know about it when it was claimed
 */
public record Claimed(Claim claim, Work work) {}
