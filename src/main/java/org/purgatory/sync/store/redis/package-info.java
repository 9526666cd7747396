/**
 * The store and throttle that replicas share in Redis: one atomic script for each transition, and
 * the one connection through which they run. The embedded store is the oracle for what they do.
 */
package org.purgatory.sync.store.redis;
