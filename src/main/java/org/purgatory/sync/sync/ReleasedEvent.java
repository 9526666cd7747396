package org.purgatory.sync.sync;

import java.time.Duration;
import org.purgatory.sync.nostr.EventId;

/**
 * An event that left purgatory.
 *
 * @param id the event
 * @param kind its kind
 * @param waited how long it was in purgatory
 */
public record ReleasedEvent(EventId id, int kind, Duration waited) {}
