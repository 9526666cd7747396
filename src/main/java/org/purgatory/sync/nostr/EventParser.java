package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes one event's JSON apart, strictly: each NIP-01 field exactly once and of its type. Used
 * once. Fields that NIP-01 does not know are passed over if they are plain values; no field, known
 * or not, may stand twice, as readers would disagree about which one counts.
 */
final class EventParser {

  private static final List<String> FIELDS =
      List.of("id", "pubkey", "created_at", "kind", "tags", "content", "sig");

  /** The largest integer that every JSON reader holds exactly, and its digits. */
  private static final long MOST_SECONDS = 1L << 53;

  private static final int MOST_DIGITS = 16;
  private static final int MOST_KIND = 65535;
  private static final int SIGNATURE_DIGITS = 128;

  private final JsonParser json;
  private final Set<String> seen = new HashSet<>();
  private EventId id;
  private PublicKey author;
  private long createdAt;
  private int kind;
  private List<List<String>> tags;
  private String content;
  private String signature;

  EventParser(JsonParser json) {
    this.json = json;
  }

  /** Reads the whole text. */
  NostrEvent parse() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new InvalidValueException("an event must be a JSON object (NIP-01)");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      if (!seen.add(field)) {
        throw new InvalidValueException("the event has the field " + quoted(field) + " twice");
      }
      json.nextToken();
      readField(field);
    }
    if (json.nextToken() != null) {
      throw new InvalidValueException("nothing may follow the event's JSON object");
    }
    for (String field : FIELDS) {
      if (!seen.contains(field)) {
        throw new InvalidValueException("the event has no field " + quoted(field));
      }
    }
    return new NostrEvent(id, author, createdAt, kind, tags, content, signature);
  }

  private void readField(String field) throws IOException {
    switch (field) {
      case "id" -> id = new EventId(text(field));
      case "pubkey" -> author = new PublicKey(text(field));
      case "created_at" -> createdAt = number(field, MOST_SECONDS);
      case "kind" -> kind = (int) number(field, MOST_KIND);
      case "tags" -> tags = tags();
      case "content" -> content = text(field);
      case "sig" -> signature = signature(text(field));
      default -> passOver(field);
    }
  }

  private void passOver(String field) throws IOException {
    if (!json.currentToken().isScalarValue()) {
      throw new InvalidValueException(
          "the event's field " + quoted(field) + " is not NIP-01's and must be a plain value");
    }
    // Makes the parser read the value to its end; it checks it no sooner.
    json.finishToken();
  }

  private String text(String field) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new InvalidValueException("the event's " + field + " must be a string");
    }
    return wellFormed(field);
  }

  private String wellFormed(String field) throws IOException {
    String text = json.getText();
    if (!Utf8.isWellFormed(text)) {
      throw new InvalidValueException(
          "the event's " + field + " must be valid Unicode, without lone surrogates");
    }
    return text;
  }

  private long number(String field, long most) throws IOException {
    boolean fits =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() <= MOST_DIGITS;
    long number = fits ? json.getLongValue() : -1;
    if (number < 0 || number > most) {
      throw new InvalidValueException(
          "the event's " + field + " must be a whole number from 0 to " + most);
    }
    return number;
  }

  private static String signature(String text) {
    if (text.length() != SIGNATURE_DIGITS || !Hex.isLowerHex(text)) {
      throw new InvalidValueException(
          "the event's sig must be 128 lower-case hex digits, not " + quoted(text));
    }
    return text;
  }

  private List<List<String>> tags() throws IOException {
    requireArray();
    List<List<String>> all = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      all.add(tag());
    }
    return all;
  }

  private List<String> tag() throws IOException {
    requireArray();
    List<String> values = new ArrayList<>();
    while (json.nextToken() == JsonToken.VALUE_STRING) {
      values.add(wellFormed("tags"));
    }
    if (json.currentToken() != JsonToken.END_ARRAY || values.isEmpty()) {
      throw badTags();
    }
    return values;
  }

  private void requireArray() {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw badTags();
    }
  }

  private static InvalidValueException badTags() {
    return new InvalidValueException(
        "the event's tags must be an array of arrays of strings, each with a name at least");
  }
}
