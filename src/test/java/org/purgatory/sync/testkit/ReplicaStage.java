package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Replicas of several groups on one Redis, each group with a git root of its own. */
public final class ReplicaStage implements AutoCloseable {

  private final Path directory;
  private final GitWorkshop remote;
  private final GitHttpServer server;
  private final RedisServer redis;
  private final Map<String, GitWorkshop> groups = new HashMap<>();
  private final List<Runnable> endings = new ArrayList<>();

  private ReplicaStage(Path directory, RedisServer redis) {
    this.directory = directory;
    this.redis = redis;
    this.remote = GitWorkshop.in(folder("remote"));
    this.server = GitHttpServer.serving(remote.root());
  }

  /** Sets everything up below an empty directory. The Redis keeps what it acknowledged. */
  public static ReplicaStage in(Path directory) {
    return new ReplicaStage(
        directory, RedisServer.start("--appendonly", "yes", "--appendfsync", "always"));
  }

  /** Starts a replica of a group and waits until it is ready. */
  public SidecarProcess replica(String group, UnaryOperator<SidecarBuilder> configured) {
    SidecarProcess replica =
        configured
            .apply(
                SidecarProcess.builder()
                    .config("purgatory.git.root", group(group).root())
                    .config("purgatory.store", "redis")
                    .config("purgatory.group", group)
                    .config("quarkus.redis.hosts", redis.url()))
            .start();
    endings.add(replica::close);
    return replica;
  }

  /** A relay that talks to a replica. */
  public RelayClient relay(SidecarProcess replica) {
    RelayClient relay = new RelayClient(replica);
    endings.add(0, relay::close);
    return relay;
  }

  /** Makes an empty repository that a group's relay hosts. */
  public BareRepository host(String group, EventSigner owner, String identifier) {
    return group(group).bare(owner.publicKey().npub() + "/" + identifier + ".git");
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

  /** The Redis. */
  public RedisServer redis() {
    return redis;
  }

  private GitWorkshop group(String name) {
    return groups.computeIfAbsent(name, n -> GitWorkshop.in(folder(n)));
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    endings.forEach(Runnable::run);
    server.close();
    redis.close();
  }
}
