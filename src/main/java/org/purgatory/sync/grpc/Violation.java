package org.purgatory.sync.grpc;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field as the contract names it, such as {@code pending_events[3]}
 * @param description what is wrong and what is allowed, fit for anyone's eyes
 */
record Violation(String field, String description) {}
