/**
 * Nostr events that carry git (NIP-01, NIP-34): strict value types, parsing, ids and signatures,
 * and the maintainers and families that follow from announcements. No framework, no I/O.
 */
package org.purgatory.sync.nostr;
