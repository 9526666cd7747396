/**
 * What keeps the engine going and shows how it is: the scheduled work, health, and below it the
 * metrics. Knows the engine and its ports, not who stands behind them.
 */
package org.purgatory.sync.ops;
