package org.purgatory.sync.store.redis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Lists of texts as JSON on one line, which scripts pass on without reading it. */
final class JsonLists {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonLists() {}

  static String write(List<List<String>> lists) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (List<String> list : lists) {
        json.writeArray(list.toArray(String[]::new), 0, list.size());
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory can always be written", e);
    }
    return text.toString();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is not JSON
   */
  static List<List<String>> read(String text) {
    List<List<String>> lists = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        List<String> list = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
          list.add(json.getText());
        }
        lists.add(list);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    return lists;
  }
}
