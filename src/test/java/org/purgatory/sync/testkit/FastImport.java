package org.purgatory.sync.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes the input of {@code git fast-import}, which makes any history in one process. */
final class FastImport {

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private int lastMark;

  /** Starts a commit on a branch; its date is all that tells equal commits apart. */
  FastImport commit(String ref, long epochSecond, String message) {
    line("commit " + ref);
    line("mark :" + ++lastMark);
    line("author " + person(epochSecond));
    line("committer " + person(epochSecond));
    return data(message);
  }

  FastImport from(String commit) {
    return line("from " + commit);
  }

  FastImport merge(String commit) {
    return line("merge " + commit);
  }

  FastImport files(Map<String, String> files) {
    files.forEach((path, content) -> file(path, content.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  FastImport file(String path, byte[] content) {
    line("M 100644 inline " + path);
    return data(content);
  }

  FastImport tag(String name, String target, long epochSecond, String message) {
    line("tag " + name);
    line("from " + target);
    line("tagger " + person(epochSecond));
    return data(message);
  }

  /** Asks fast-import to print the last commit's id. */
  FastImport printLast() {
    return line("get-mark :" + lastMark);
  }

  byte[] toBytes() {
    return stream.toByteArray();
  }

  private static String person(long epochSecond) {
    return "Purgatory Test <test@purgatory.example> " + epochSecond + " +0000";
  }

  private FastImport data(String text) {
    return data(text.getBytes(StandardCharsets.UTF_8));
  }

  private FastImport data(byte[] bytes) {
    line("data " + bytes.length);
    stream.writeBytes(bytes);
    return line("");
  }

  private FastImport line(String text) {
    stream.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }
}
