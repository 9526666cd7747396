/** Benchmarks: commands that print figures, not tests. */
package org.purgatory.sync.bench;
