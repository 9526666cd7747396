package org.purgatory.sync.nostr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Git events as JSON text, for a store that keeps them and gives them back. What is read was
 * checked when it came in: neither its signature nor the limits, which may have been lowered since,
 * are held against it again. Thread-safe.
 */
public final class EventJson {

  private static final int NO_LIMIT = Integer.MAX_VALUE;
  private static final GitEventReader READER =
      new GitEventReader(new EventLimits(NO_LIMIT, NO_LIMIT));

  /** A shared table of field names would grow with names that strangers choose. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(NO_LIMIT)
                  .maxNameLength(NO_LIMIT)
                  .build())
          .build();

  private EventJson() {}

  /**
   * Writes an event as NIP-01 JSON. The fields stand in a fixed order: id, pubkey, created_at,
   * kind, tags, content, sig.
   *
   * @param event the event
   * @return its JSON text, in one line
   */
  public static String write(NostrEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", event.id().hex());
      json.writeStringField("pubkey", event.author().hex());
      json.writeNumberField("created_at", event.createdAt());
      json.writeNumberField("kind", event.kind());
      json.writeArrayFieldStart("tags");
      for (List<String> tag : event.tags()) {
        json.writeArray(tag.toArray(String[]::new), 0, tag.size());
      }
      json.writeEndArray();
      json.writeStringField("content", event.content());
      json.writeStringField("sig", event.signature());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory can always be written", e);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param text an event's JSON text, from a store that is trusted
   * @return what it says about git
   * @throws InvalidValueException if it is damaged, or breaks rules that have been made since
   */
  public static GitEvent read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      return READER.read(new EventParser(parser).parse());
    } catch (JsonProcessingException e) {
      // The parser's own message has several lines and quotes the event.
      throw new InvalidValueException(
          "the event is not valid JSON at column " + e.getLocation().getColumnNr());
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory can always be read", e);
    }
  }
}
