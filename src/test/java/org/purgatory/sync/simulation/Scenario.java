package org.purgatory.sync.simulation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.nostr.GitEvent;

/**
 * What happens in one simulation, but for the order of things, which the seed decides.
 *
 * @param seed the seed
 * @param terms what holds throughout
 * @param projects the identifiers
 * @param servers other people's repositories
 * @param actions what happens when
 * @param faults what happens at which moment
 * @param spares events that come in at such moments
 */
record Scenario(
    long seed,
    Terms terms,
    List<Project> projects,
    List<Server> servers,
    List<Action> actions,
    List<Fault> faults,
    List<GitEvent> spares) {

  Scenario with(Terms other) {
    return new Scenario(seed, other, projects, servers, actions, faults, spares);
  }

  Scenario withActions(List<Action> others) {
    return new Scenario(seed, terms, projects, servers, others, faults, spares);
  }

  Scenario withFaults(List<Fault> others) {
    return new Scenario(seed, terms, projects, servers, actions, others, spares);
  }

  Scenario withProjects(List<Project> others) {
    return new Scenario(seed, terms, others, servers, actions, faults, spares);
  }

  @Override
  public String toString() {
    Stream<String> servers = servers().stream().map(server -> "  " + server);
    Stream<String> actions = actions().stream().map(action -> "  " + action);
    Stream<String> faults = faults().stream().map(fault -> "  " + fault);
    return Stream.of(Stream.of("seed " + seed + ", " + terms), servers, actions, faults)
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }
}
