package org.purgatory.sync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An event that a test still writes. Tags stand in the order in which they were added. */
public final class EventDraft {

  private static final long SOME_DAY = 1_750_000_000L;

  private final EventSigner author;
  private final int kind;
  private final List<List<String>> tags = new ArrayList<>();
  private long createdAt = SOME_DAY;
  private String content = "";

  EventDraft(EventSigner author, int kind) {
    this.author = author;
    this.kind = kind;
  }

  /** Adds a tag: its name and its values. */
  public EventDraft tag(String... values) {
    tags.add(List.of(values));
    return this;
  }

  /** Adds one {@code clone} tag with all the URLs. */
  public EventDraft cloneUrls(String... urls) {
    return tag(Stream.concat(Stream.of("clone"), Stream.of(urls)).toArray(String[]::new));
  }

  /** Adds one {@code maintainers} tag that names all the users. */
  public EventDraft maintainers(EventSigner... users) {
    Stream<String> keys = Stream.of(users).map(user -> user.publicKey().hex());
    return tag(Stream.concat(Stream.of("maintainers"), keys).toArray(String[]::new));
  }

  /** Adds a branch or tag of a state. */
  public EventDraft ref(String name, String target) {
    return tag(name, target);
  }

  /** Adds where HEAD points. */
  public EventDraft head(String branch) {
    return tag("HEAD", "ref: " + branch);
  }

  /** Adds an {@code a} tag that names a user's repository. */
  public EventDraft to(EventSigner owner, String identifier) {
    return tag("a", "30617:" + owner.publicKey() + ":" + identifier);
  }

  /** Sets when the event says it was made, in seconds since 1970. */
  public EventDraft createdAt(long seconds) {
    createdAt = seconds;
    return this;
  }

  /** Sets the content, which is empty otherwise. */
  public EventDraft content(String text) {
    content = text;
    return this;
  }

  /** Signs the event as it is now. */
  public SignedEvent sign() {
    String canonical =
        "[0,\"%s\",%d,%d,%s,%s]"
            .formatted(
                author.publicKey(),
                createdAt,
                kind,
                tags(EventDraft::canonical),
                canonical(content));
    return author.sign(createdAt, kind, tags(EventDraft::json), canonical, json(content));
  }

  private String tags(Function<String, String> quoting) {
    return tags.stream()
        .map(tag -> tag.stream().map(quoting).collect(Collectors.joining(",", "[", "]")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** The seven escapes of NIP-01. Written anew here, so that the tests check one by the other. */
  private static String canonical(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
            .replace("\b", "\\b")
            .replace("\f", "\\f")
        + '"';
  }

  /** As canonical, but JSON must escape the other control characters as well. */
  private static String json(String text) {
    StringBuilder out = new StringBuilder();
    canonical(text)
        .chars()
        .forEach(c -> out.append(c < ' ' ? "\\u%04x".formatted(c) : String.valueOf((char) c)));
    return out.toString();
  }
}
