package org.purgatory.sync.sync;

/**
 * How full a store is.
 *
 * @param identifiers how many identifiers are in the queue
 * @param results how many results are retained
 */
public record Usage(int identifiers, int results) {}
