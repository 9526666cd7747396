package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.GitText.bytes;
import static org.purgatory.sync.testkit.hostile.GitText.joined;
import static org.purgatory.sync.testkit.hostile.PktLines.FLUSH;
import static org.purgatory.sync.testkit.hostile.PktLines.band;
import static org.purgatory.sync.testkit.hostile.PktLines.line;

/** What an honest server answers, to be taken apart. */
public final class Answers {

  /** What it can do, in version 2 of the protocol. */
  public static final byte[] CAPABILITIES =
      joined(
          line("# service=git-upload-pack\n"),
          FLUSH,
          line("version 2\n"),
          line("agent=git/2.39.5\n"),
          line("ls-refs=unborn\n"),
          line("fetch=shallow wait-for-done filter\n"),
          line("server-option\n"),
          line("object-format=sha1\n"),
          FLUSH);

  private Answers() {}

  /** The answer to a request, if all is well. It knows nothing of what the client has. */
  public static byte[] honest(Asked asked, String body, byte[] pack) {
    return switch (asked) {
      case REFS -> http(asked, CAPABILITIES);
      case LISTING -> http(asked, FLUSH);
      case PACK ->
          http(
              asked,
              body.contains("done\n")
                  ? packSection(pack)
                  : joined(line("acknowledgments\n"), line("NAK\n"), FLUSH));
    };
  }

  /** A pack as version 2 sends it. */
  public static byte[] packSection(byte[] pack) {
    return joined(line("packfile\n"), band(2, bytes("Done.\n")), band(1, pack), FLUSH);
  }

  /** An answer over HTTP, with the type that git wants. */
  public static byte[] http(Asked asked, byte[] body) {
    return http("200 OK", "Content-Type: " + type(asked) + "\r\n", body);
  }

  /** An answer over HTTP. */
  public static byte[] http(String status, String headers, byte[] body) {
    String head = "HTTP/1.1 " + status + "\r\n" + headers;
    return joined(bytes(head + "Content-Length: " + body.length + "\r\n\r\n"), body);
  }

  /** The begin of an answer over HTTP that ends with its connection. */
  public static byte[] start(Asked asked) {
    return bytes("HTTP/1.1 200 OK\r\nContent-Type: " + type(asked) + "\r\n\r\n");
  }

  private static String type(Asked asked) {
    return "application/x-git-upload-pack-" + (asked == Asked.REFS ? "advertisement" : "result");
  }
}
