package org.purgatory.sync.nostr;

/**
 * A clone URL that an event lists and that is left out here.
 *
 * @param reason why, fit for anyone to read; it does not repeat the URL, which may hold credentials
 */
public record UnusableUrl(String reason) {}
