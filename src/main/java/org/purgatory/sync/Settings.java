package org.purgatory.sync;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.purgatory.sync.git.FetchCaps;
import org.purgatory.sync.git.GitSettings;
import org.purgatory.sync.git.IpNetwork;
import org.purgatory.sync.git.RepositoryLayout;
import org.purgatory.sync.grpc.GrpcSettings;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.ops.OpsSettings;
import org.purgatory.sync.sync.Backoff;
import org.purgatory.sync.sync.EngineSettings;
import org.purgatory.sync.sync.QueueSettings;
import org.purgatory.sync.sync.ThrottleSettings;
import org.purgatory.sync.sync.UrlPolicy;

/**
 * What each part gets of a configuration that has been checked.
 *
 * @param config the configuration
 */
record Settings(PurgatoryConfig config) {

  /** What a step may take beyond its fetch: looking for objects and applying them. */
  private static final Duration STEP_BEYOND_FETCH = Duration.ofMinutes(10);

  QueueSettings queue() {
    SyncConfig sync = config.sync();
    return new QueueSettings(
        new Backoff(sync.backoffBase(), sync.backoffMax()),
        sync.expiry(),
        sync.expiredMemory(),
        sync.lease(),
        config.limits().identifiers(),
        config.limits().eventsPerIdentifier(),
        config.results().retention(),
        config.results().maxResults());
  }

  ThrottleSettings throttle() {
    ThrottleConfig throttle = config.throttle();
    Map<Domain, ThrottleSettings.Limits> perDomain = new HashMap<>();
    throttle
        .domain()
        .forEach(
            (host, own) ->
                perDomain.put(
                    Domain.of(host),
                    new ThrottleSettings.Limits(
                        own.maxConcurrent().orElse(throttle.maxConcurrent()),
                        own.maxPerMinute().orElse(throttle.maxPerMinute()))));
    return new ThrottleSettings(
        new ThrottleSettings.Limits(throttle.maxConcurrent(), throttle.maxPerMinute()),
        perDomain,
        config.sync().lease());
  }

  /**
   * A run fetches from one domain at a time, and {@code max-concurrent} do so from the same one. So
   * many runs are let in that those of fewer domains than there are fetches leave room for others.
   */
  EngineSettings engine() {
    GitConfig git = config.git();
    UrlPolicy urls =
        new UrlPolicy(
            git.ownDomains().orElse(List.of()).stream().map(Domain::of).collect(Collectors.toSet()),
            git.allowHttp());
    return new EngineSettings(
        git.maxConcurrentFetches() * config.throttle().maxConcurrent(),
        git.totalTimeout().plus(STEP_BEYOND_FETCH),
        config.sync().lease(),
        urls);
  }

  GitSettings git() {
    GitConfig git = config.git();
    return new GitSettings(
        root(),
        RepositoryLayout.parse(git.repositoryLayout()),
        git.connectTimeout(),
        git.stallTimeout(),
        git.totalTimeout(),
        FetchCaps.of(
            git.maxWireBytes().asLongValue(), git.maxObjects(), git.maxObjectBytes().asLongValue()),
        git.allowedNetworks().orElse(List.of()).stream().map(IpNetwork::parse).toList(),
        git.maxConcurrentFetches(),
        git.createMissing());
  }

  EventLimits events() {
    return new EventLimits(config.limits().eventBytes(), config.limits().oidsPerEvent());
  }

  GrpcSettings grpc() {
    SyncConfig sync = config.sync();
    return new GrpcSettings(
        sync.defaultDelay(),
        sync.immediateDelay(),
        sync.expiry(),
        config.results().bookmarkInterval());
  }

  OpsSettings ops() {
    return new OpsSettings(root(), config.sync().loopInterval(), config.sync().lease());
  }

  private Path root() {
    return Path.of(config.git().root().orElseThrow());
  }
}
