package org.purgatory.sync;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.purgatory.sync.git.GitSettings;
import org.purgatory.sync.git.JGitRemote;
import org.purgatory.sync.git.JGitRepositories;
import org.purgatory.sync.git.Quarantines;
import org.purgatory.sync.ops.QuarantineCleaning;
import org.purgatory.sync.sync.QueueSettings;

/** Plugs JGit into the engine's ports to git. */
@Singleton
public class GitWiring {

  private static final Duration GRACE = Duration.ofHours(1);

  @Produces
  @Singleton
  Quarantines quarantines(GitSettings settings, Clock clock) {
    return new Quarantines(settings, clock);
  }

  @Produces
  @Singleton
  JGitRemote remote(GitSettings settings, Quarantines quarantines, Clock clock) {
    return new JGitRemote(settings, quarantines, clock);
  }

  @Produces
  @Singleton
  JGitRepositories repositories(
      GitSettings settings, Quarantines quarantines, Threads threads, Clock clock) {
    return new JGitRepositories(settings, quarantines, threads.volume(), clock);
  }

  /** By then the last event that could have used a quarantine has expired, and its fetch ended. */
  @Produces
  @Singleton
  QuarantineCleaning cleaning(
      Quarantines quarantines,
      JGitRepositories repositories,
      GitSettings git,
      QueueSettings queue) {
    Duration unused = queue.expiry().plus(git.totalTimeout()).plus(GRACE);
    return () -> {
      repositories.removeLeftOvers();
      return quarantines.removeUnused(unused);
    };
  }
}
