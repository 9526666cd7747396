/**
 * The embedded store and throttle: everything in this process's memory, for one replica. The oracle
 * for every other store.
 */
package org.purgatory.sync.store.memory;
