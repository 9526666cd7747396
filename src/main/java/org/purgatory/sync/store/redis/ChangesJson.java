package org.purgatory.sync.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.RepositoryChange;

/**
 * What a result says about git, as one text that the scripts only pass on: an array of the source
 * URLs, and for each repository an array of its path, its HEAD and one name, old and new object
 * after the other for its refs. An empty string stands for what is not there; an empty text for
 * nothing at all.
 *
 * @param repositories what changed
 * @param sourceUrls where objects came from
 */
record ChangesJson(List<RepositoryChange> repositories, List<CloneUrl> sourceUrls) {

  String write() {
    if (repositories.isEmpty() && sourceUrls.isEmpty()) {
      return "";
    }
    List<List<String>> lists = new ArrayList<>();
    lists.add(sourceUrls.stream().map(CloneUrl::value).toList());
    repositories.forEach(repository -> lists.add(texts(repository)));
    return JsonLists.write(lists);
  }

  private static List<String> texts(RepositoryChange repository) {
    List<String> texts = new ArrayList<>();
    texts.add(repository.path());
    texts.add(repository.head().map(RefName::value).orElse(""));
    for (RefChange ref : repository.refs()) {
      texts.add(ref.name().value());
      texts.add(ref.before().map(Oid::hex).orElse(""));
      texts.add(ref.after().map(Oid::hex).orElse(""));
    }
    return texts;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is damaged
   */
  static ChangesJson read(String text) {
    if (text.isEmpty()) {
      return new ChangesJson(List.of(), List.of());
    }
    List<List<String>> arrays = JsonLists.read(text);
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("its changes are damaged");
    }
    return new ChangesJson(
        arrays.stream().skip(1).map(ChangesJson::repository).toList(),
        arrays.get(0).stream().map(CloneUrl::parse).toList());
  }

  private static RepositoryChange repository(List<String> texts) {
    if (texts.size() % 3 != 2) {
      throw new IllegalArgumentException("its changes are damaged");
    }
    List<RefChange> refs = new ArrayList<>();
    for (int i = 2; i < texts.size(); i += 3) {
      refs.add(
          new RefChange(new RefName(texts.get(i)), oid(texts.get(i + 1)), oid(texts.get(i + 2))));
    }
    Optional<RefName> head = Optional.of(texts.get(1)).filter(t -> !t.isEmpty()).map(RefName::new);
    return new RepositoryChange(texts.get(0), refs, head);
  }

  private static Optional<Oid> oid(String hex) {
    return Optional.of(hex).filter(t -> !t.isEmpty()).map(Oid::new);
  }
}
