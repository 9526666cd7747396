package org.purgatory.sync.bench;

import org.purgatory.sync.testkit.BareRepository;

/**
 * A repository on a git server, to be fetched again and again.
 *
 * @param name for the table
 * @param url where it is
 * @param tip its only branch, {@code main}
 * @param megabytes what its pack takes, 0 for next to nothing
 */
record Sample(String name, String url, String tip, int megabytes) {

  /** Fills an empty repository with one commit per so many random bytes. */
  static Sample in(BareRepository repository, String name, String url, int commits, int bytesEach) {
    String tip = repository.write().incompressible("main", commits, bytesEach);
    // As a server has it after its gc; or else it would look for deltas between packs at each
    // fetch.
    repository.git().run("repack", "-a", "-d", "--quiet", "--window=0");
    return new Sample(name, url, tip, (int) ((long) commits * bytesEach / 1_000_000));
  }
}
