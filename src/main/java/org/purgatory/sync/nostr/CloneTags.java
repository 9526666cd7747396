package org.purgatory.sync.nostr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code clone} tags of an event, sorted into URLs that can be used here and reasons why others
 * cannot. A URL that cannot be used does not make its event invalid.
 *
 * @param usable the usable URLs in the author's order, each once
 * @param unusable why the others are left out
 */
record CloneTags(List<CloneUrl> usable, List<UnusableUrl> unusable) {

  /** Each URL is asked at every attempt, so one event must not aim us at thousands of hosts. */
  private static final int MOST_USABLE = 100;

  /** Reads every value of every {@code clone} tag, as far as there are not too many. */
  static CloneTags of(NostrEvent event) {
    Set<CloneUrl> usable = new LinkedHashSet<>();
    List<UnusableUrl> unusable = new ArrayList<>();
    event
        .allValues("clone")
        .forEach(
            text -> {
              try {
                CloneUrl url = CloneUrl.parse(text);
                if (usable.size() == MOST_USABLE && !usable.contains(url)) {
                  throw new InvalidValueException("only " + MOST_USABLE + " clone URLs are used");
                }
                usable.add(url);
              } catch (InvalidValueException e) {
                unusable.add(new UnusableUrl(e.getMessage()));
              }
            });
    return new CloneTags(List.copyOf(usable), unusable);
  }
}
