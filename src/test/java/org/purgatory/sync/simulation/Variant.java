package org.purgatory.sync.simulation;

import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.GitRepositories;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.SyncStore;
import org.purgatory.sync.sync.ThrottleSettings;

/**
 * How the parts under test differ from the real ones. By itself, not at all. Made anew for each
 * simulation, as it may remember things.
 */
interface Variant {

  /** All parts as they are. */
  Variant NONE = new Variant() {};

  default SyncStore store(SyncStore real, World world) {
    return real;
  }

  default ResultLog results(ResultLog real) {
    return real;
  }

  default ThrottleSettings limits(ThrottleSettings real) {
    return real;
  }

  default DomainThrottle throttle(DomainThrottle real, World world) {
    return real;
  }

  /** The store as an engine sees it: behind the checks of its answers. */
  default SyncStore seenStore(SyncStore checked, World world) {
    return checked;
  }

  /** The throttle as an engine sees it: behind the checks of its answers. */
  default DomainThrottle seenThrottle(DomainThrottle checked, World world) {
    return checked;
  }

  default GitRepositories repositories(GitRepositories real, World world) {
    return real;
  }
}
