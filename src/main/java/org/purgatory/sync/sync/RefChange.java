package org.purgatory.sync.sync;

import java.util.Optional;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;

/**
 * What changed about one ref.
 *
 * @param name the ref
 * @param before where it pointed; empty if it was created
 * @param after where it points; empty if it was deleted
 */
public record RefChange(RefName name, Optional<Oid> before, Optional<Oid> after) {}
