/**
 * The meters: the engine's port to metrics, plugged into SmallRye Metrics. The only package that
 * declares meters.
 */
package org.purgatory.sync.ops.metrics;
