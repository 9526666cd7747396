package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.purgatory.sync.testkit.EventDraft;

/** Reads what a test wrote, all the way from signed JSON. */
final class Reading {

  private static final GitEvents EVENTS = new GitEvents(new Bip340Check(), EventLimits.DEFAULT);

  private Reading() {}

  static Announcement announcement(EventDraft draft) {
    return (Announcement) EVENTS.read(draft.sign().json());
  }

  static RepositoryState state(EventDraft draft) {
    return (RepositoryState) EVENTS.read(draft.sign().json());
  }

  static PullRequest pullRequest(EventDraft draft) {
    return (PullRequest) EVENTS.read(draft.sign().json());
  }

  static void refuses(EventDraft draft, String message) {
    assertThatThrownBy(() -> EVENTS.read(draft.sign().json()))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining(message);
  }
}
