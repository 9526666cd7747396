package org.purgatory.sync.nostr;

/** Reads git events from JSON text: the two readers in one. Thread-safe. */
public final class GitEvents {

  private final EventReader events;
  private final GitEventReader gitEvents;

  /**
   * Makes a reader.
   *
   * @param signatures checks the signatures
   * @param limits how much an event may hold
   */
  public GitEvents(SignatureCheck signatures, EventLimits limits) {
    this.events = new EventReader(signatures, limits);
    this.gitEvents = new GitEventReader(limits);
  }

  /**
   * Reads one event.
   *
   * @param json a signed event's JSON text (NIP-01)
   * @return what it says about git (NIP-34)
   * @throws InvalidValueException if it is not a valid event, or not one that git data belongs to
   */
  public GitEvent read(String json) {
    return gitEvents.read(events.read(json));
  }
}
