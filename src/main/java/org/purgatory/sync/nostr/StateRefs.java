package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the refs and the HEAD of a state event (NIP-34), which must be ones that git can hold. */
final class StateRefs {

  private static final String SYMBOLIC = "ref: ";
  private static final String PEELED = "^{}";

  private StateRefs() {}

  /** The branches and tags, with where they point. */
  static SortedMap<RefName, RefTarget> of(NostrEvent event) {
    SortedMap<RefName, RefTarget> refs = new TreeMap<>();
    for (List<String> tag : event.tags()) {
      if (isRef(tag.get(0))) {
        RefName name = new RefName(tag.get(0));
        RefTarget target = target(name, tag);
        RefTarget earlier = refs.putIfAbsent(name, target);
        if (earlier != null && !earlier.equals(target)) {
          throw new InvalidValueException(
              "a state must name each ref once: " + quoted(name.value()));
        }
      }
    }
    refuseFilesThatAreDirectories(refs);
    return refs;
  }

  /** The branch that HEAD points at, if the event says so. */
  static Optional<RefName> head(NostrEvent event) {
    List<RefName> heads = event.firstValues("HEAD").map(StateRefs::branch).distinct().toList();
    if (heads.size() > 1) {
      throw new InvalidValueException("a state must have at most one HEAD");
    }
    return heads.stream().findFirst();
  }

  /** A peeled entry repeats what an annotated tag leads to; the tag object brings it along. */
  private static boolean isRef(String name) {
    return (name.startsWith(RefName.HEADS) || name.startsWith(RefName.TAGS))
        && !name.endsWith(PEELED);
  }

  private static RefTarget target(RefName name, List<String> tag) {
    if (tag.size() < 2) {
      throw new InvalidValueException(
          "a ref of a state must have an object id: " + quoted(name.value()));
    }
    String value = tag.get(1);
    return value.startsWith(SYMBOLIC) ? RefTarget.SYMBOLIC : RefTarget.at(new Oid(value));
  }

  private static RefName branch(String value) {
    if (!value.startsWith(SYMBOLIC + RefName.HEADS)) {
      throw new InvalidValueException(
          "HEAD must be \"ref: refs/heads/<branch>\", not " + quoted(value));
    }
    return new RefName(value.substring(SYMBOLIC.length()));
  }

  /** Git cannot hold both {@code refs/heads/a} and {@code refs/heads/a/b}. */
  private static void refuseFilesThatAreDirectories(SortedMap<RefName, RefTarget> refs) {
    Set<String> names =
        refs.entrySet().stream()
            .filter(ref -> ref.getValue().oid().isPresent())
            .map(ref -> ref.getKey().value())
            .collect(Collectors.toSet());
    for (String name : names) {
      for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
        if (names.contains(name.substring(0, slash))) {
          throw new InvalidValueException(
              "a ref cannot stand below another: "
                  + quoted(name)
                  + " and "
                  + quoted(name.substring(0, slash)));
        }
      }
    }
  }
}
