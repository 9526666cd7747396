package org.purgatory.sync.testkit;

import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.PublicKey;

/**
 * A signed nostr event, as a relay would hand it over.
 *
 * @param json the event's JSON text (NIP-01)
 * @param id its id
 * @param author who signed it
 */
public record SignedEvent(String json, EventId id, PublicKey author) {}
