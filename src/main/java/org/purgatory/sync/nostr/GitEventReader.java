package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what an event says about git (NIP-34), by its kind. Thread-safe. */
public final class GitEventReader {

  private static final String REPOSITORY = Announcement.KIND + ":";

  private final EventLimits limits;

  /**
   * Makes a reader.
   *
   * @param limits how many objects an event may name
   */
  public GitEventReader(EventLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads one event.
   *
   * @param event an event whose id and signature have been checked
   * @return what it says
   * @throws InvalidValueException if its kind waits for no git data, or it breaks its kind's rules
   */
  public GitEvent read(NostrEvent event) {
    return switch (event.kind()) {
      case Announcement.KIND -> announcement(event);
      case RepositoryState.KIND -> state(event);
      case PullRequest.PATCH_KIND, PullRequest.KIND, PullRequest.UPDATE_KIND -> pullRequest(event);
      default ->
          throw new InvalidValueException(
              "only events of kind 30617, 30618, 1617, 1618 and 1619 wait for git data, not "
                  + event.kind());
    };
  }

  private static Announcement announcement(NostrEvent event) {
    CloneTags urls = CloneTags.of(event);
    Set<PublicKey> maintainers =
        event
            .allValues("maintainers")
            .flatMap(text -> key(text).stream())
            .filter(key -> !key.equals(event.author()))
            .collect(Collectors.toSet());
    return new Announcement(event, identifier(event), maintainers, urls.usable(), urls.unusable());
  }

  /** Older events hold npubs and worse. What is no key names nobody. */
  private static Optional<PublicKey> key(String text) {
    try {
      return Optional.of(new PublicKey(text));
    } catch (InvalidValueException e) {
      return Optional.empty();
    }
  }

  private RepositoryState state(NostrEvent event) {
    RepositoryState state =
        new RepositoryState(event, identifier(event), StateRefs.of(event), StateRefs.head(event));
    int oids = state.oids().size();
    if (oids > limits.maxOids()) {
      throw new InvalidValueException(
          "an event must name at most %d objects, not %d".formatted(limits.maxOids(), oids));
    }
    return state;
  }

  private static RepositoryIdentifier identifier(NostrEvent event) {
    return new RepositoryIdentifier(
        event
            .firstValue("d")
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "an event of kind " + event.kind() + " must have a d tag")));
  }

  private static PullRequest pullRequest(NostrEvent event) {
    List<Coordinate> repositories =
        event
            .firstValues("a")
            .filter(text -> text.startsWith(REPOSITORY))
            .map(Coordinate::parse)
            .toList();
    CloneTags urls = CloneTags.of(event);
    return new PullRequest(
        event,
        commonIdentifier(repositories),
        repositories.stream().map(Coordinate::owner).collect(Collectors.toSet()),
        tip(event),
        urls.usable(),
        urls.unusable());
  }

  private static RepositoryIdentifier commonIdentifier(List<Coordinate> repositories) {
    Set<RepositoryIdentifier> identifiers =
        repositories.stream()
            .map(Coordinate::identifier)
            .collect(Collectors.toCollection(TreeSet::new));
    if (identifiers.isEmpty()) {
      throw new InvalidValueException(
          "a pull request or patch must have an a tag 30617:<owner>:<identifier>");
    }
    if (identifiers.size() > 1) {
      Stream<String> some = identifiers.stream().limit(2).map(id -> quoted(id.value()));
      throw new InvalidValueException(
          "all 30617 a tags of a pull request must have the same identifier, not "
              + some.collect(Collectors.joining(" and ")));
    }
    return identifiers.iterator().next();
  }

  private static Oid tip(NostrEvent event) {
    List<Oid> tips = event.firstValues("c").map(Oid::new).distinct().toList();
    if (tips.isEmpty()) {
      throw new InvalidValueException(
          event.kind() == PullRequest.PATCH_KIND
              ? "a patch without a c tag waits for no git data"
              : "a pull request must have a c tag with its tip commit");
    }
    if (tips.size() > 1) {
      throw new InvalidValueException("a pull request must have one tip commit in its c tags");
    }
    return tips.get(0);
  }
}
