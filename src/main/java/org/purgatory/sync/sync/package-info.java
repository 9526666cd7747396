/**
 * The engine: the queue's rules, the loop that dispatches due identifiers, the run that hunts
 * objects step by step, and the ports through which time, stores, throttle, git and metrics come
 * in. No framework, no I/O, no thread of its own.
 */
package org.purgatory.sync.sync;
