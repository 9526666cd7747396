/**
 * The deterministic simulation: the real engine on a real store, on one thread, in virtual time,
 * with everything around it (network, servers, volume, relays, crashes) decided by one seed. {@code
 * docs/simulation.md} tells how to use it.
 */
package org.purgatory.sync.simulation;
