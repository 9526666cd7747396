package org.purgatory.sync.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what a sidecar prints, from a thread of its own so that the sidecar never blocks. */
final class SidecarLog {

  private static final long LONGEST_END_SECONDS = 10;

  private final StringBuffer text = new StringBuffer();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  private SidecarLog() {}

  static SidecarLog of(InputStream stream) {
    SidecarLog log = new SidecarLog();
    Thread reader = new Thread(() -> log.collect(stream), "sidecar-log");
    reader.setDaemon(true);
    reader.start();
    return log;
  }

  String text() {
    return text.toString();
  }

  /** The port in the first URL behind the words, for a port that the sidecar chose itself. */
  OptionalInt port(String words) {
    Matcher url = Pattern.compile(Pattern.quote(words) + "https?://\\S+?:(\\d+)").matcher(text);
    return url.find() ? OptionalInt.of(Integer.parseInt(url.group(1))) : OptionalInt.empty();
  }

  /** Waits for the last words of a process that has ended. */
  void awaitEnd() {
    end.orTimeout(LONGEST_END_SECONDS, TimeUnit.SECONDS).join();
  }

  private void collect(InputStream stream) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      lines.lines().forEach(line -> text.append(line).append('\n'));
    } catch (IOException e) {
      text.append("the log broke off: ").append(e).append('\n');
    } finally {
      end.complete(null);
    }
  }
}
