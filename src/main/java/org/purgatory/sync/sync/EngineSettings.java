package org.purgatory.sync.sync;

import java.time.Duration;

/**
 * How the engine works.
 *
 * @param maxRuns how many runs step at once; runs that wait for a domain's permit do not count
 * @param stepLimit how long one step may last before its run is given up; more than a fetch's total
 *     timeout
 * @param permitLease how long a permit lasts without being renewed
 * @param urlPolicy which clone URLs may be used
 */
public record EngineSettings(
    int maxRuns, Duration stepLimit, Duration permitLease, UrlPolicy urlPolicy) {}
