package org.purgatory.sync.testkit;

/**
 * The first request of a fetch reached the server.
 *
 * @param repository the path below the server's root, for example {@code project.git}
 * @param nanoTime when, on {@link System#nanoTime}'s clock
 */
public record FetchStart(String repository, long nanoTime) {}
