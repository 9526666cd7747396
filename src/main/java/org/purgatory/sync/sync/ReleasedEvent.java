package org.purgatory.sync.sync;

import java.time.Duration;
import org.purgatory.sync.nostr.EventId;

/**
 * An event that left purgatory.
 *
 * @param id the event
 * @param kind its kind
 * @param waited how long it was in purgatory
 * @param reason why it left unsatisfied, one line; empty if it was satisfied
 */
public record ReleasedEvent(EventId id, int kind, Duration waited, String reason) {}
