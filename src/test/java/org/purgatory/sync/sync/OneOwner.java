package org.purgatory.sync.sync;

import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.List;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;

/** An owner whose repositories are here, and her events. Their objects are on two servers. */
final class OneOwner {

  static final PublicKey OWNER = user(1);

  /** The one server. */
  static final String A = "https://a.example/r.git";

  /** The other one. */
  static final String B = "https://b.example/r.git";

  /** The announcement of the repository r, which names both. */
  static final GitEvent ANNOUNCED = announcement(100, OWNER, "r", A, B);

  private OneOwner() {}

  /** A world whose volume has the owner's repositories, empty. */
  static EngineWorld world() {
    EngineWorld world = new EngineWorld();
    world.git.hosts(OWNER);
    return world;
  }

  /** Hands in, due now, the n-th state. It is of a repository of its own, which is at A alone. */
  static void enqueue(EngineWorld world, int n) {
    enqueue(world, n, A);
  }

  /** Hands in, due now, the n-th state. It is of a repository of its own, which is at some URLs. */
  static void enqueue(EngineWorld world, int n, String... urls) {
    world.enqueue(
        Duration.ZERO,
        List.of(state(n, OWNER, "r" + n, oid(n))),
        List.of(announcement(200 + n, OWNER, "r" + n, urls)));
  }

  /** The id of the n-th event. */
  static EventId id(int n) {
    return state(n, OWNER, "r").id();
  }
}
