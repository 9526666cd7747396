package org.purgatory.sync.ops;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What there is to keep going and to watch over.
 *
 * @param gitRoot the directory of the relay's git data
 * @param loopInterval how often the engine ticks
 * @param lease how long the engine's leases last without being renewed
 */
public record OpsSettings(Path gitRoot, Duration loopInterval, Duration lease) {}
