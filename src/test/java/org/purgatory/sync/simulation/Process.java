package org.purgatory.sync.simulation;

/**
 * Whose task something is. When a replica dies its tasks vanish; while it stands still they wait.
 */
final class Process {

  /** What neither dies nor stands still: the network, the store, other people's servers, relays. */
  static final Process WORLD = new Process("world");

  final String name;
  private boolean dead;
  private long standsStillUntil;

  Process(String name) {
    this.name = name;
  }

  void die() {
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  /** Stands still until a time, in microseconds. */
  void standStillUntil(long time) {
    standsStillUntil = Math.max(standsStillUntil, time);
  }

  long standsStillUntil() {
    return standsStillUntil;
  }

  boolean runsAt(long time) {
    return !dead && standsStillUntil <= time;
  }

  @Override
  public String toString() {
    return name;
  }
}
