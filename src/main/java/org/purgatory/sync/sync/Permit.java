package org.purgatory.sync.sync;

import org.purgatory.sync.nostr.Domain;

/**
 * The right to make one fetch from one domain now: a lease.
 *
 * @param domain the domain
 * @param id tells the permit from every other one of the domain
 */
public record Permit(Domain domain, long id) {}
