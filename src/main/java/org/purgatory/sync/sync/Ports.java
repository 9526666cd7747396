package org.purgatory.sync.sync;

import java.time.Clock;

/**
 * What a run reaches the world through.
 *
 * @param store the queue
 * @param patience what runs ask the store and the throttle with
 * @param throttle the limits towards domains
 * @param permits keeps the permits of fetches alive
 * @param remote other people's servers
 * @param repositories the relay's repositories
 * @param metrics the meters
 * @param clock the one clock
 */
record Ports(
    SyncStore store,
    Patience patience,
    DomainThrottle throttle,
    HeldPermits permits,
    GitRemote remote,
    GitRepositories repositories,
    SyncMetrics metrics,
    Clock clock) {}
