package org.purgatory.sync.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Three redis-servers on loopback that are one cluster, each with a third of the hash slots. */
public final class RedisCluster implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(30);
  private static final int NODES = 3;
  private static final int SLOTS = 16384;

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** Starts a cluster of the server that Maven brings. */
  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    for (int i = 0; i < NODES; i++) {
      RedisServer node = RedisServer.start("--cluster-enabled", "yes");
      cluster.nodes.add(node);
      int first = i * SLOTS / NODES;
      int last = (i + 1) * SLOTS / NODES - 1;
      List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      for (int slot = first; slot <= last; slot++) {
        command.add(String.valueOf(slot));
      }
      node.call(command.toArray(String[]::new));
      node.call("CLUSTER", "MEET", "127.0.0.1", String.valueOf(cluster.nodes.get(0).port()));
    }
    Await.until(LONGEST_START, "cluster of three", cluster::isComplete);
    return cluster;
  }

  private boolean isComplete() {
    return nodes.stream()
        .map(node -> (String) node.call("CLUSTER", "INFO"))
        .allMatch(i -> i.contains("cluster_state:ok") && i.contains("cluster_known_nodes:3"));
  }

  /** As {@code quarkus.redis.hosts} has them. */
  public String hosts() {
    return nodes.stream().map(RedisServer::url).collect(Collectors.joining(","));
  }

  /** How many keys each node has. */
  public List<Long> sizes() {
    return nodes.stream().map(node -> (Long) node.call("DBSIZE")).toList();
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
