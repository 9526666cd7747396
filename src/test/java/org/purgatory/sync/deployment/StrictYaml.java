package org.purgatory.sync.deployment;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;

/** Reads YAML into the API's types. A field that is unknown or there twice is an error. */
final class StrictYaml {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .annotationIntrospector(new NoAnySetters())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private StrictYaml() {}

  /** The one document of a text, as it stands. */
  static JsonNode tree(String text) throws IOException {
    List<JsonNode> documents =
        MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
    if (documents.size() != 1) {
      throw new IOException("one document is wanted in a file, not " + documents.size());
    }
    return documents.get(0);
  }

  /** A document as a type. */
  static <T> T read(JsonNode tree, Class<T> type) throws IOException {
    return MAPPER.treeToValue(tree, type);
  }

  /** The model keeps unknown fields as "additional properties"; here there are none to be. */
  private static final class NoAnySetters extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return false;
    }
  }
}
