package org.purgatory.sync.store.redis;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Timer;

/**
 * Of which domains there may be something to tell: in a cluster their own keys are spread over all
 * nodes, and nobody could find them. Its keys are not changed in one step with those of a domain,
 * so a domain may be missing for a moment, or be there for some minutes too long. Each replica
 * notes a domain at most once a minute, unless its server has just shown something.
 */
final class DomainIndex {

  private static final Logger LOG = System.getLogger(DomainIndex.class.getName());
  private static final Duration NOTED_FOR = Duration.ofMinutes(1);
  private static final List<String> KEYS =
      List.of(
          "purgatory:throttle-index:{domains}:names", "purgatory:throttle-index:{domains}:told");

  private final RedisCommands commands;
  private final Script note;
  private final Script read;
  private final Duration keptFor;
  private final Timer timer;
  private final Set<Domain> noted = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean clearing = new AtomicBoolean();

  /**
   * Makes an index that has noted nothing yet.
   *
   * @param commands Redis
   * @param scripts loads the scripts
   * @param keptFor how long a domain's keys last after an operation
   * @param timer tells when a minute is over
   */
  DomainIndex(RedisCommands commands, Scripts scripts, Duration keptFor, Timer timer) {
    this.commands = commands;
    this.note = scripts.load("note_domain");
    this.read = scripts.load("domains");
    this.keptFor = keptFor;
    this.timer = timer;
  }

  /** Takes note that there is an operation on a domain. */
  void note(Domain domain) {
    if (noted.add(domain)) {
      if (clearing.compareAndSet(false, true)) {
        timer.schedule(NOTED_FOR, this::clear);
      }
      write(domain, keptFor);
    }
  }

  /**
   * Takes note of what a domain's server has shown.
   *
   * @param remembered for how long that is remembered; zero if it has shown nothing
   */
  void note(Domain domain, Duration remembered) {
    if (!remembered.isZero()) {
      write(domain, remembered);
    }
  }

  /** Domains in the order of their names. */
  CompletionStage<List<Domain>> after(Optional<Domain> domain, int most) {
    return commands
        .run(read, KEYS, List.of(domain.map(Domain::name).orElse(""), String.valueOf(most)))
        .thenApply(names -> names.stream().map(name -> new Domain(name.toString())).toList());
  }

  private void clear() {
    clearing.set(false);
    noted.clear();
  }

  private void write(Domain domain, Duration duration) {
    commands
        .run(note, KEYS, List.of(domain.name(), Micros.of(duration)))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.log(Level.DEBUG, "noting a domain", failure);
                noted.remove(domain);
              }
            });
  }
}
