package org.purgatory.sync.nostr;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A repository state announcement (kind 30618, NIP-34): which branches and tags there are, and
 * where they point.
 *
 * @param event the event
 * @param identifier its {@code d} tag
 * @param refs each branch and tag with where it points; empty if the author no longer tracks state
 * @param head the branch that HEAD points at, if the event says so
 */
public record RepositoryState(
    NostrEvent event,
    RepositoryIdentifier identifier,
    SortedMap<RefName, RefTarget> refs,
    Optional<RefName> head)
    implements GitEvent {

  /** The kind of state announcements. */
  public static final int KIND = 30618;

  /** Copies the refs. */
  public RepositoryState {
    refs = Collections.unmodifiableSortedMap(new TreeMap<>(refs));
  }

  @Override
  public Set<Oid> oids() {
    return refs.values().stream()
        .flatMap(target -> target.oid().stream())
        .collect(
            Collectors.collectingAndThen(
                Collectors.toCollection(TreeSet::new), Collections::unmodifiableSortedSet));
  }

  /**
   * The refs that point at an object, which are those that can be written.
   *
   * @return object ids by name, in the names' order
   */
  public SortedMap<RefName, Oid> objectRefs() {
    SortedMap<RefName, Oid> direct = new TreeMap<>();
    for (Map.Entry<RefName, RefTarget> ref : refs.entrySet()) {
      ref.getValue().oid().ifPresent(oid -> direct.put(ref.getKey(), oid));
    }
    return direct;
  }
}
