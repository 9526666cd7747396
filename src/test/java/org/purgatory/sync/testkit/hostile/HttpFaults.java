package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.GitText.bytes;
import static org.purgatory.sync.testkit.hostile.GitText.joined;
import static org.purgatory.sync.testkit.hostile.PktLines.line;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Faults of a server as such, whatever its packs are like. */
final class HttpFaults {

  private HttpFaults() {}

  static HostileGitServer.Script honestWith(byte[] pack) {
    return (asked, body, out) -> {
      out.write(Answers.honest(asked, body, pack));
      return true;
    };
  }

  /** Each request gets this answer. */
  static Fault.Plan always(byte[] answer) {
    return pack ->
        (asked, body, out) -> {
          out.write(answer);
          return true;
        };
  }

  /** One kind of request gets this answer. */
  static Fault.Plan at(Asked when, byte[] answer) {
    return pack ->
        (asked, body, out) -> {
          out.write(asked == when ? answer : Answers.honest(asked, body, pack));
          return true;
        };
  }

  static byte[] page(String status) {
    String page = "<html><title>Log in</title>ssl dns timeout not our ref</html>";
    return Answers.http(
        status, "Content-Type: text/html\r\nWWW-Authenticate: Basic realm=x\r\n", bytes(page));
  }

  static Fault.Plan endless(String start, String drop) {
    return pack ->
        (asked, body, out) -> {
          out.write(bytes(start));
          return forEver(out, bytes(drop));
        };
  }

  static Fault.Plan endless(Asked when, byte[] drop) {
    return pack ->
        (asked, body, out) -> {
          if (asked == when) {
            out.write(Answers.start(asked));
            return forEver(out, drop);
          }
          out.write(Answers.honest(asked, body, pack));
          return true;
        };
  }

  static Fault.Plan endlessPack(byte[] drop) {
    return pack ->
        (asked, body, out) -> {
          if (asked == Asked.PACK) {
            out.write(joined(Answers.start(asked), line("packfile\n")));
            return forEver(out, drop);
          }
          out.write(Answers.honest(asked, body, pack));
          return true;
        };
  }

  /** The length that HTTP's head claims is off by so many bytes. */
  static Fault.Plan lengthOf(Asked when, int more) {
    return pack ->
        (asked, body, out) -> {
          if (asked != when) {
            out.write(Answers.honest(asked, body, pack));
            return true;
          }
          byte[] content = Answers.packSection(pack);
          byte[] claimed = Answers.http(asked, new byte[content.length + more]);
          byte[] head = Arrays.copyOf(claimed, claimed.length - content.length - more);
          out.write(joined(head, content));
          return false;
        };
  }

  /** The connection ends behind so many bytes. */
  static Fault.Plan reset(Asked when, int after) {
    return pack ->
        (asked, body, out) -> {
          byte[] answer = Answers.honest(asked, body, pack);
          out.write(asked == when ? Arrays.copyOf(answer, after) : answer);
          return asked != when;
        };
  }

  /** Few bytes that become many. */
  static Fault.Plan gzipBomb(Asked when, byte[] first, byte[] again) {
    return pack ->
        (asked, body, out) -> {
          if (asked != when) {
            out.write(Answers.honest(asked, body, pack));
            return true;
          }
          String start = new String(Answers.start(asked), StandardCharsets.UTF_8);
          out.write(bytes(start.strip() + "\r\nContent-Encoding: gzip\r\n\r\n"));
          try (GZIPOutputStream bomb = new GZIPOutputStream(out)) {
            bomb.write(first);
            return forEver(bomb, again);
          }
        };
  }

  static Fault.Plan gzipThatIsNone() {
    return pack ->
        (asked, body, out) -> {
          byte[] content = bytes("no gzip at all");
          out.write(Answers.http("200 OK", "Content-Encoding: gzip\r\n", content));
          return true;
        };
  }

  private static boolean forEver(OutputStream out, byte[] drop) throws IOException {
    byte[] many = drop;
    while (many.length < 10_000) {
      many = joined(many, drop);
    }
    while (!Thread.currentThread().isInterrupted()) {
      out.write(many);
    }
    throw new UncheckedIOException(new IOException("interrupted"));
  }
}
