package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A relay's pod in small: a git root with the relay's repositories, a sidecar on it, a relay that
 * talks to the sidecar, and a git server somewhere else.
 */
public final class RelayStage implements AutoCloseable {

  private final GitWorkshop hosted;
  private final GitWorkshop remote;
  private final GitHttpServer server;
  private final SidecarProcess sidecar;
  private final RelayClient relay;

  private final Optional<RedisServer> redis;

  private RelayStage(Path directory, StoreKind store, UnaryOperator<SidecarBuilder> configured) {
    redis =
        store == StoreKind.REDIS
            ? Optional.of(RedisServer.start(RedisBinary.embedded()))
            : Optional.empty();
    hosted = GitWorkshop.in(folder(directory, "relay"));
    remote = GitWorkshop.in(folder(directory, "remote"));
    server = GitHttpServer.serving(remote.root());
    sidecar =
        configured
            .apply(stored(SidecarProcess.builder()).config("purgatory.git.root", hosted.root()))
            .start();
    relay = new RelayClient(sidecar);
  }

  /** Sets everything up below an empty directory. */
  public static RelayStage in(Path directory, UnaryOperator<SidecarBuilder> configured) {
    return in(directory, StoreKind.MEMORY, configured);
  }

  /** Sets everything up below an empty directory, with a store of some kind. */
  public static RelayStage in(
      Path directory, StoreKind store, UnaryOperator<SidecarBuilder> configured) {
    return new RelayStage(directory, store, configured);
  }

  private SidecarBuilder stored(SidecarBuilder sidecar) {
    redis.ifPresent(
        server ->
            sidecar.config("purgatory.store", "redis").config("quarkus.redis.hosts", server.url()));
    return sidecar;
  }

  /** Makes an empty repository that the relay hosts, as the relay does for an announcement. */
  public BareRepository host(EventSigner owner, String identifier) {
    return hosted.bare(owner.publicKey().npub() + "/" + identifier + ".git");
  }

  /** Makes an empty repository on the git server. */
  public BareRepository remote(String name) {
    return remote.bare(name + ".git");
  }

  /** The clone URL of a repository on the git server. */
  public String url(String name) {
    return server.url(name + ".git");
  }

  /** The git server. */
  public GitHttpServer server() {
    return server;
  }

  /** The directory that the git server serves. */
  public Path served() {
    return remote.root();
  }

  /** The sidecar. */
  public SidecarProcess sidecar() {
    return sidecar;
  }

  /** The relay. */
  public RelayClient relay() {
    return relay;
  }

  @Override
  public void close() {
    relay.close();
    sidecar.close();
    server.close();
    redis.ifPresent(RedisServer::close);
  }

  private static Path folder(Path directory, String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
