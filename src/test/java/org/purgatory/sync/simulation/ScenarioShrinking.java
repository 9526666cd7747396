package org.purgatory.sync.simulation;

import java.util.ArrayList;
import java.util.List;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.testkit.Shrinking;

/** Makes a scenario smaller that breaks a rule, as long as it still breaks one. */
final class ScenarioShrinking {

  private final Simulation simulation;

  ScenarioShrinking(Simulation simulation) {
    this.simulation = simulation;
  }

  Scenario shrink(Scenario broken) {
    Scenario smaller = withFewerProjects(broken);
    smaller = withFewerReplicas(smaller);
    smaller = withFewerFaults(smaller);
    smaller = withFewerActions(smaller);
    return withFewerFaults(withFewerReplicas(smaller));
  }

  private boolean breaks(Scenario scenario) {
    return simulation.play(scenario, false).violation() != null;
  }

  private Scenario withFewerProjects(Scenario broken) {
    Scenario smallest = broken;
    for (Project project : broken.projects()) {
      Scenario without = without(smallest, project);
      if (!without.projects().isEmpty() && breaks(without)) {
        smallest = without;
      }
    }
    return smallest;
  }

  private static Scenario without(Scenario scenario, Project project) {
    List<Project> projects = new ArrayList<>(scenario.projects());
    projects.remove(project);
    return scenario
        .withProjects(projects)
        .withActions(
            scenario.actions().stream()
                .filter(action -> !concerns(action, project.identifier()))
                .toList());
  }

  private static boolean concerns(Action action, RepositoryIdentifier identifier) {
    if (action instanceof Action.HandIn handIn) {
      return handIn.pending().stream().anyMatch(event -> event.identifier().equals(identifier));
    } else if (action instanceof Action.Cancel cancel) {
      return cancel.events().get(0).identifier().equals(identifier);
    } else if (action instanceof Action.Trigger trigger) {
      return trigger.identifier().equals(identifier);
    }
    return action instanceof Action.Push push && push.identifier().equals(identifier);
  }

  private Scenario withFewerReplicas(Scenario broken) {
    for (int replicas = 1; replicas < broken.terms().replicas(); replicas++) {
      int left = replicas;
      Scenario fewer =
          broken
              .with(broken.terms().with(left))
              .withActions(
                  broken.actions().stream().filter(action -> replicaOf(action) < left).toList());
      if (breaks(fewer)) {
        return fewer;
      }
    }
    return broken;
  }

  private static int replicaOf(Action action) {
    if (action instanceof Action.Crash crash) {
      return crash.replica();
    }
    return action instanceof Action.Pause pause ? pause.replica() : -1;
  }

  private Scenario withFewerFaults(Scenario broken) {
    return broken.withFaults(
        Shrinking.shrink(broken.faults(), faults -> breaks(broken.withFaults(faults))));
  }

  private Scenario withFewerActions(Scenario broken) {
    return broken.withActions(
        Shrinking.shrink(broken.actions(), actions -> breaks(broken.withActions(actions))));
  }
}
