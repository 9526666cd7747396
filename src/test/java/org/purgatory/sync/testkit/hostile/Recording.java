package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.GitText.joined;
import static org.purgatory.sync.testkit.hostile.PktLines.DELIMITER;
import static org.purgatory.sync.testkit.hostile.PktLines.FLUSH;
import static org.purgatory.sync.testkit.hostile.PktLines.line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What a real git server answered to each request of a fetch. */
public final class Recording {

  private static final String SERVICE = "git-upload-pack";

  private final Map<Asked, byte[]> bodies = new EnumMap<>(Asked.class);

  /** Fetches objects, as a client that has none. */
  public static Recording of(String url, String... wanted)
      throws IOException, InterruptedException {
    Recording recording = new Recording();
    HttpRequest.Builder refs =
        HttpRequest.newBuilder(URI.create(url + "/info/refs?service=" + SERVICE));
    recording.record(Asked.REFS, refs);
    recording.record(
        Asked.LISTING,
        post(url, joined(line("command=ls-refs\n"), DELIMITER, line("peel\n"), FLUSH)));
    byte[] wants = {};
    for (String want : wanted) {
      wants = joined(wants, line("want " + want + "\n"));
    }
    byte[] begin = joined(line("command=fetch"), DELIMITER, line("thin-pack"), line("ofs-delta"));
    recording.record(Asked.PACK, post(url, joined(begin, wants, line("done\n"), FLUSH)));
    return recording;
  }

  /** The answer's body. */
  public byte[] body(Asked asked) {
    return bodies.get(asked).clone();
  }

  /** The pack, taken out of its packet lines. */
  public byte[] pack() {
    byte[] body = bodies.get(Asked.PACK);
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    int at = 0;
    while (at < body.length) {
      int length = Integer.parseInt(new String(body, at, 4, StandardCharsets.UTF_8), 16);
      if (length > 4 && body[at + 4] == 1) {
        pack.writeBytes(Arrays.copyOfRange(body, at + 5, at + length));
      }
      at += Math.max(4, length);
    }
    return pack.toByteArray();
  }

  private static HttpRequest.Builder post(String url, byte[] body) {
    return HttpRequest.newBuilder(URI.create(url + "/" + SERVICE))
        .header("Content-Type", "application/x-" + SERVICE + "-request")
        .POST(BodyPublishers.ofByteArray(body));
  }

  private void record(Asked asked, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    byte[] body =
        HttpClient.newHttpClient()
            .send(request.header("Git-Protocol", "version=2").build(), BodyHandlers.ofByteArray())
            .body();
    bodies.put(asked, body);
  }
}
