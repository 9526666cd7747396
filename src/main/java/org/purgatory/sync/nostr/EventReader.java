package org.purgatory.sync.nostr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads a signed nostr event (NIP-01) from its JSON text. Nothing is believed: the size is bounded
 * before parsing, the id is computed anew, and the signature is checked. Thread-safe.
 */
public final class EventReader {

  /** An event's own depth is three; a little more lets the message say what is wrong there. */
  private static final int MOST_DEPTH = 8;

  private final SignatureCheck signatures;
  private final EventLimits limits;
  private final JsonFactory json;

  /**
   * Makes a reader.
   *
   * @param signatures checks the signatures
   * @param limits how large an event may be
   */
  public EventReader(SignatureCheck signatures, EventLimits limits) {
    this.signatures = signatures;
    this.limits = limits;
    // A shared table of field names would grow with names that strangers choose.
    this.json =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxStringLength(limits.maxEventBytes())
                    .maxNameLength(limits.maxEventBytes())
                    .build())
            .build();
  }

  /**
   * Reads one event.
   *
   * @param text the event's JSON text
   * @return the event, its id and signature checked
   * @throws InvalidValueException if it is not an event, or not what its author signed
   */
  public NostrEvent read(String text) {
    checkSize(text);
    NostrEvent event = parse(text);
    EventId id = CanonicalForm.idOf(event);
    if (!event.id().equals(id)) {
      throw new InvalidValueException(
          "the event's id is not the SHA-256 of its NIP-01 serialisation: it says "
              + event.id()
              + ", its fields hash to "
              + id);
    }
    if (!signatures.isValid(event)) {
      throw new InvalidValueException(
          "the event's sig is not its pubkey's BIP-340 signature of its id: " + event.id());
    }
    return event;
  }

  private void checkSize(String text) {
    // The first test spares the encoding of what is far too long: a character is a byte at least.
    if (text.length() > limits.maxEventBytes() || Utf8.length(text) > limits.maxEventBytes()) {
      throw new InvalidValueException(
          "an event must be at most " + limits.maxEventBytes() + " bytes of UTF-8");
    }
  }

  private NostrEvent parse(String text) {
    try (JsonParser parser = json.createParser(text)) {
      return new EventParser(parser).parse();
    } catch (JsonProcessingException e) {
      // The parser's own message has several lines and quotes the event.
      throw new InvalidValueException(
          "the event is not valid JSON at line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory can always be read", e);
    }
  }
}
