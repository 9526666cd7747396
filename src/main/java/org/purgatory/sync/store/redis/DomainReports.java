package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.OpenCircuit;
import org.purgatory.sync.sync.ThrottleSettings;

/** Tells of the domains, page by page: one command for the names, and one for each domain. */
final class DomainReports {

  private final DomainScripts scripts;
  private final DomainIndex index;
  private final ThrottleSettings settings;
  private final Script status;

  /**
   * Prepares to tell.
   *
   * @param scripts asks domains
   * @param index knows their names
   * @param settings their limits
   */
  DomainReports(DomainScripts scripts, DomainIndex index, ThrottleSettings settings) {
    this.scripts = scripts;
    this.index = index;
    this.settings = settings;
    this.status = scripts.load("domain_status");
  }

  /**
   * Tells of some domains. Those of which there is nothing to tell any more are left out.
   *
   * @param after where to begin, itself excluded
   * @param most how many to look at
   */
  CompletionStage<DomainPage> page(Optional<Domain> after, int most) {
    return index
        .after(after, most + 1)
        .thenCompose(
            names -> {
              List<Domain> page = names.subList(0, Math.min(most, names.size()));
              Optional<Domain> last =
                  names.size() > most ? Optional.of(page.get(most - 1)) : Optional.empty();
              return statuses(page).thenApply(statuses -> new DomainPage(statuses, last));
            });
  }

  private CompletionStage<List<DomainStatus>> statuses(List<Domain> domains) {
    CompletionStage<List<DomainStatus>> all = completedFuture(new ArrayList<>());
    for (Domain domain : domains) {
      all =
          all.thenCombine(
              scripts.run(status, domain, List.of()),
              (statuses, answer) -> {
                DomainStatus one = read(domain, answer);
                if (!one.isQuiet()) {
                  statuses.add(one);
                }
                return statuses;
              });
    }
    return all;
  }

  private DomainStatus read(Domain domain, Response answer) {
    List<OpenCircuit> circuits = new ArrayList<>();
    for (int i = 5; i < answer.size(); i += 3) {
      circuits.add(
          new OpenCircuit(
              Origin.parse(answer.get(i).toString()),
              CircuitCause.ofLabel(answer.get(i + 1).toString()),
              Micros.instant(answer.get(i + 2).toLong())));
    }
    circuits.sort(Comparator.comparing(OpenCircuit::origin));
    return new DomainStatus(
        domain,
        settings.of(domain),
        answer.get(0).toInteger(),
        answer.get(1).toInteger(),
        answer.get(2).toInteger(),
        time(answer.get(3)),
        time(answer.get(4)),
        circuits);
  }

  private static Optional<Instant> time(Response micros) {
    return Optional.of(micros.toString())
        .filter(text -> !text.isEmpty())
        .map(text -> Micros.instant(Long.parseLong(text)));
  }
}
