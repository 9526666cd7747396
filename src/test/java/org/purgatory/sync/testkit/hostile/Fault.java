package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.Answers.CAPABILITIES;
import static org.purgatory.sync.testkit.hostile.GitText.bytes;
import static org.purgatory.sync.testkit.hostile.GitText.joined;
import static org.purgatory.sync.testkit.hostile.PktLines.FLUSH;
import static org.purgatory.sync.testkit.hostile.PktLines.band;
import static org.purgatory.sync.testkit.hostile.PktLines.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What a hostile server may do, by name. Each is honest where it is not hostile. */
public enum Fault {
  // HTTP: what is no answer of git's.
  CAPTIVE_PORTAL(HttpFaults.always(HttpFaults.page("200 OK"))),
  HTML_INSTEAD_OF_REFS(HttpFaults.at(Asked.REFS, HttpFaults.page("200 OK"))),
  HTML_INSTEAD_OF_A_PACK(HttpFaults.at(Asked.PACK, HttpFaults.page("200 OK"))),
  HTML_THAT_CLAIMS_TO_BE_A_PACK(git(Asked.PACK, bytes("<html>404 ssl dns timeout</html>"))),
  UNAUTHORIZED(HttpFaults.always(HttpFaults.page("401 Unauthorized"))),
  FORBIDDEN(HttpFaults.always(HttpFaults.page("403 Forbidden"))),
  NOT_FOUND(HttpFaults.always(HttpFaults.page("404 Not Found"))),
  GONE(HttpFaults.always(HttpFaults.page("410 Gone"))),
  TOO_MANY_REQUESTS(HttpFaults.always(HttpFaults.page("429 Too Many Requests"))),
  INTERNAL_ERROR(HttpFaults.always(HttpFaults.page("500 Internal Server Error"))),
  BAD_GATEWAY_AT_THE_PACK(HttpFaults.at(Asked.PACK, HttpFaults.page("502 Bad Gateway"))),
  UNAVAILABLE(HttpFaults.always(HttpFaults.page("503 Service Unavailable"))),
  NO_SUCH_STATUS(HttpFaults.always(HttpFaults.page("999 What"))),
  NO_CONTENT(HttpFaults.always(bytes("HTTP/1.1 204 No Content\r\n\r\n"))),
  ENDLESS_INTERIM_RESPONSES(HttpFaults.endless("", "HTTP/1.1 102 Processing\r\n\r\n")),
  ENDLESS_HEADERS(HttpFaults.endless("HTTP/1.1 200 OK\r\n", "X: y\r\n")),
  LENGTH_BEYOND_THE_BODY(HttpFaults.lengthOf(Asked.PACK, 1000)),
  LENGTH_SHORT_OF_THE_BODY(HttpFaults.lengthOf(Asked.PACK, -100)),
  LENGTH_OF_NOTHING(HttpFaults.at(Asked.REFS, Answers.http(Asked.REFS, new byte[0]))),
  RESET_AT_THE_REFS(HttpFaults.reset(Asked.REFS, 200)),
  RESET_AT_THE_PACK(HttpFaults.reset(Asked.PACK, 300)),
  GZIP_BOMB_OF_REFS(
      HttpFaults.gzipBomb(
          Asked.REFS,
          joined(line("# service=git-upload-pack\n"), FLUSH, line("version 2\n")),
          line("agent=" + "x".repeat(60_000)))),
  GZIP_BOMB_OF_PROGRESS(
      HttpFaults.gzipBomb(Asked.PACK, line("packfile\n"), band(2, new byte[60_000]))),
  GZIP_THAT_IS_NONE(HttpFaults.gzipThatIsNone()),

  // Git's protocol.
  ERROR_LINE(git(Asked.REFS, line("ERR access denied or repository not exported"))),
  ERROR_WITH_CONTROL_CHARACTERS(git(Asked.REFS, line("ERR \0\u001b[2J\n2026 INFO all is well\r"))),
  ERROR_INSTEAD_OF_A_PACK(git(Asked.PACK, line("ERR out of luck"))),
  ERROR_ON_THE_SIDE_BAND(
      git(Asked.PACK, joined(line("packfile\n"), band(3, bytes("died\n\u001b[31mred"))))),
  LACK_OF_AN_OBJECT_NOBODY_ASKED_FOR(
      git(Asked.PACK, line("ERR upload-pack: not our ref " + "2".repeat(40)))),
  DUMB_SERVER(
      HttpFaults.at(
          Asked.REFS,
          Answers.http(
              "200 OK", "Content-Type: text/plain\r\n", bytes("1".repeat(40) + "\tHEAD\n")))),
  VERSION_OF_THE_FUTURE(
      git(Asked.REFS, joined(line("# service=git-upload-pack\n"), FLUSH, line("version 3\n")))),
  NO_FETCH(
      git(
          Asked.REFS,
          joined(line("# service=git-upload-pack\n"), FLUSH, line("version 2\n"), FLUSH))),
  OTHER_SERVICE(git(Asked.REFS, joined(line("# service=git-receive-pack\n"), FLUSH, FLUSH))),
  SHA256_SERVER(
      git(
          Asked.REFS,
          joined(
              Arrays.copyOf(CAPABILITIES, CAPABILITIES.length - 4),
              line("object-format=sha256\n"),
              FLUSH))),
  LINE_LONGER_THAN_ALLOWED(git(Asked.REFS, joined(bytes("ffff"), new byte[70_000]))),
  LINE_WITHOUT_A_LENGTH(git(Asked.REFS, bytes("zzzz"))),
  LINE_OF_NEGATIVE_LENGTH(git(Asked.PACK, bytes("-001packfile"))),
  LINE_OF_LENGTH_THREE(git(Asked.PACK, bytes("0003"))),
  LINE_THAT_IS_CUT_OFF(git(Asked.REFS, bytes("0100# service=git-upload"))),
  NUL_IN_A_LINE(git(Asked.PACK, line("packfile\0\0\n"))),
  NO_UTF8(git(Asked.PACK, line(new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc3, '\n'}))),
  NOTHING_INSTEAD_OF_A_PACK(git(Asked.PACK, new byte[0])),
  FLUSH_INSTEAD_OF_A_PACK(git(Asked.PACK, FLUSH)),
  REFS_INSTEAD_OF_A_PACK(git(Asked.PACK, CAPABILITIES)),
  UNKNOWN_BAND(git(Asked.PACK, joined(line("packfile\n"), band(7, bytes("PACK"))))),
  ENDLESS_REFS(
      HttpFaults.endless(
          new String(Answers.start(Asked.REFS), StandardCharsets.UTF_8)
              + "001e# service=git-upload-pack\n0000",
          "003a" + "1".repeat(40) + " refs/heads/x\n")),
  ENDLESS_PROGRESS(HttpFaults.endlessPack(band(2, bytes("Counting objects: 1\r")))),
  ENDLESS_KEEP_ALIVES(HttpFaults.endlessPack(bytes("0005\1"))),
  ENDLESS_ACKNOWLEDGMENTS(
      HttpFaults.endless(Asked.PACK, joined(line("acknowledgments\n"), line("NAK\n")))),

  // Packs.
  EMPTY_PACK(pack(honest -> new PackBytes().toBytes())),
  NO_PACK(pack(honest -> bytes("This is no honest, and there is no honest in here."))),
  PACK_OF_THE_FUTURE(pack(honest -> PackFaults.with(honest, 7, (byte) 9))),
  TRUNCATED_PACK(pack(honest -> Arrays.copyOf(honest, honest.length / 2))),
  PACK_WITHOUT_A_CHECKSUM(pack(honest -> Arrays.copyOf(honest, honest.length - 20))),
  WRONG_CHECKSUM_OF_THE_PACK(pack(honest -> PackFaults.flipped(honest, honest.length - 1))),
  WRONG_CHECKSUM_OF_AN_OBJECT(pack(honest -> PackFaults.flipped(honest, honest.length / 2))),
  GARBAGE_BEHIND_THE_PACK(pack(honest -> joined(honest, bytes("more")))),
  MORE_OBJECTS_CLAIMED(pack(honest -> PackFaults.recounted(honest, 1))),
  FEWER_OBJECTS_CLAIMED(pack(honest -> PackFaults.recounted(honest, -1))),
  TWO_THOUSAND_MILLION_OBJECTS_CLAIMED(pack(honest -> PackFaults.counting(Integer.MAX_VALUE - 8))),
  FOUR_THOUSAND_MILLION_OBJECTS_CLAIMED(pack(honest -> PackFaults.counting(-1))),
  OBJECT_OF_A_TERABYTE_CLAIMED(pack(honest -> PackFaults.sized(1L << 40))),
  OBJECT_OF_TWO_GIGABYTES_CLAIMED(pack(honest -> PackFaults.sized(Integer.MAX_VALUE - 16))),
  SIZE_WITHOUT_END(pack(honest -> PackFaults.sizeWithoutEnd())),
  UNKNOWN_TYPE(pack(honest -> PackFaults.oneObject(0))),
  RESERVED_TYPE(pack(honest -> PackFaults.oneObject(5))),
  OTHER_OBJECTS_THAN_ASKED_FOR(pack(honest -> PackFaults.anotherHistory())),
  BASE_THAT_NOBODY_HAS(pack(honest -> PackFaults.deltaOnNothing())),
  DELTA_ON_ITSELF(pack(honest -> PackFaults.deltaAt(0))),
  DELTA_BEFORE_THE_PACK(pack(honest -> PackFaults.deltaAt(100))),
  DELTA_ON_A_PLACE_WITHIN_AN_OBJECT(pack(honest -> PackFaults.deltaAt(3))),
  DELTA_OF_ANOTHER_BASE_SIZE(pack(honest -> PackFaults.delta(new byte[] {99, 1, 1, 'x'}))),
  DELTA_THAT_COPIES_BEYOND_ITS_BASE(
      pack(honest -> PackFaults.delta(new byte[] {4, 9, (byte) 0x91, 2, 9}))),
  DELTA_THAT_PROMISES_TWO_GIGABYTES(
      pack(
          honest ->
              PackFaults.delta(
                  new byte[] {4, (byte) 0xf0, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7}))),
  DELTA_WITH_THE_RESERVED_COMMAND(pack(honest -> PackFaults.delta(new byte[] {4, 1, 0}))),
  DELTA_THAT_IS_EMPTY(pack(honest -> PackFaults.delta(new byte[0])));

  private final Plan plan;

  Fault(Plan plan) {
    this.plan = plan;
  }

  /** Makes what a server says, from an honest pack. */
  @FunctionalInterface
  interface Plan {
    HostileGitServer.Script script(byte[] pack);
  }

  HostileGitServer.Script script(byte[] pack) {
    return plan.script(pack);
  }

  private static Plan pack(UnaryOperator<byte[]> spoiled) {
    return pack -> HttpFaults.honestWith(spoiled.apply(pack));
  }

  private static Plan git(Asked asked, byte[] body) {
    return HttpFaults.at(asked, Answers.http(asked, body));
  }
}
