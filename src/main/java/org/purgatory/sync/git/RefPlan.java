package org.purgatory.sync.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RefTarget;
import org.purgatory.sync.nostr.RepositoryState;
import org.purgatory.sync.sync.WantedRefs;

/**
 * What has to be done to a repository's refs for events to be satisfied. A state decides over
 * branches and tags: those it does not list are deleted, those it lists as symbolic are left alone.
 * A state without refs decides nothing. Other refs change only for a pull request of that name.
 *
 * @param commands the changes, in the names' order, a ref at most once
 * @param head where HEAD shall point, if it has to change
 */
record RefPlan(List<RefCommand> commands, Optional<RefName> head) {

  RefPlan {
    commands = List.copyOf(commands);
  }

  /**
   * Compares what is with what is wanted.
   *
   * @param current the refs that there are, HEAD left out
   * @param currentHead what HEAD points at; empty if that is no branch
   * @param wanted what events want
   * @return what has to be done
   * @throws RefConflictException if refs are wanted that cannot exist together
   */
  static RefPlan of(
      SortedMap<RefName, RefTarget> current, Optional<RefName> currentHead, WantedRefs wanted) {
    SortedMap<RefName, RefCommand> commands = new TreeMap<>();
    Optional<RepositoryState> state = wanted.state().filter(s -> !s.refs().isEmpty());
    state.ifPresent(s -> addState(s, current, commands));
    for (PullRequest request : wanted.pullRequests()) {
      RefName name = RefName.ofPullRequest(request.id());
      addTarget(name, request.tip(), request.id(), current, commands);
    }
    SortedSet<RefName> after = after(current, commands);
    requireNoConflict(after);
    Optional<RefName> head =
        state
            .flatMap(RepositoryState::head)
            .filter(after::contains)
            .filter(branch -> !currentHead.equals(Optional.of(branch)));
    return new RefPlan(new ArrayList<>(commands.values()), head);
  }

  boolean isEmpty() {
    return commands.isEmpty() && head.isEmpty();
  }

  /** The objects that refs shall point at and do not yet. */
  List<Oid> newTargets() {
    return commands.stream().flatMap(command -> command.after().stream()).distinct().toList();
  }

  /**
   * The deletions that have to come before the rest, as git cannot make them in one transaction:
   * {@code a/b} has to go before {@code a} can come, and a symbolic ref before it can be an
   * ordinary one.
   */
  List<RefCommand> first() {
    Set<String> written = written();
    return commands.stream().filter(command -> comesFirst(command, written)).toList();
  }

  /** What can be made in one transaction, after the first deletions. */
  List<RefCommand> rest() {
    Set<String> written = written();
    List<RefCommand> rest = new ArrayList<>();
    for (RefCommand command : commands) {
      if (!comesFirst(command, written)) {
        rest.add(command);
      } else if (!command.isDelete()) {
        rest.add(
            new RefCommand(command.name(), Optional.empty(), command.after(), command.reason()));
      }
    }
    return rest;
  }

  private Set<String> written() {
    return commands.stream()
        .filter(command -> !command.isDelete())
        .map(command -> command.name().value())
        .collect(Collectors.toSet());
  }

  private static boolean comesFirst(RefCommand command, Set<String> written) {
    return command.replacesSymbolic()
        || (command.isDelete() && directoryAmong(written, command.name()).isPresent());
  }

  private static void addState(
      RepositoryState state, Map<RefName, RefTarget> current, Map<RefName, RefCommand> commands) {
    state.objectRefs().forEach((name, oid) -> addTarget(name, oid, state.id(), current, commands));
    current.forEach(
        (name, target) -> {
          if (name.isTrackedByState() && !state.refs().containsKey(name)) {
            commands.put(
                name, new RefCommand(name, Optional.of(target), Optional.empty(), state.id()));
          }
        });
  }

  private static void addTarget(
      RefName name,
      Oid oid,
      EventId reason,
      Map<RefName, RefTarget> current,
      Map<RefName, RefCommand> commands) {
    Optional<RefTarget> before = Optional.ofNullable(current.get(name));
    if (!before.equals(Optional.of(RefTarget.at(oid)))) {
      commands.put(name, new RefCommand(name, before, Optional.of(oid), reason));
    }
  }

  private static SortedSet<RefName> after(
      Map<RefName, RefTarget> current, Map<RefName, RefCommand> commands) {
    SortedSet<RefName> after = new TreeSet<>(current.keySet());
    for (RefCommand command : commands.values()) {
      if (command.isDelete()) {
        after.remove(command.name());
      } else {
        after.add(command.name());
      }
    }
    return after;
  }

  private static void requireNoConflict(SortedSet<RefName> names) {
    Set<String> texts = names.stream().map(RefName::value).collect(Collectors.toSet());
    for (RefName name : names) {
      directoryAmong(texts, name)
          .ifPresent(
              directory -> {
                throw new RefConflictException(new RefName(directory), name);
              });
    }
  }

  /**
   * A ref that is a directory of the given one, if there is any. Looked for as text: {@code a.} may
   * be a directory, but is no ref's name.
   */
  private static Optional<String> directoryAmong(Set<String> refs, RefName name) {
    String text = name.value();
    for (int slash = text.lastIndexOf('/'); slash > 0; slash = text.lastIndexOf('/', slash - 1)) {
      String directory = text.substring(0, slash);
      if (refs.contains(directory)) {
        return Optional.of(directory);
      }
    }
    return Optional.empty();
  }
}
