package org.purgatory.sync.git;

/**
 * What a server answers to the first request of an exchange.
 *
 * @param contentType of the answer
 * @param content the answer, as far as it was read
 */
record Greeting(String contentType, byte[] content) {}
