package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.RawServer.ADVERTISEMENT;
import static org.purgatory.sync.git.RawServer.SERVICE;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult.Failed;

/** Answers that are no TLS, no HTTP or no git, are cut off, or say too much besides their body. */
class BadAnswerIT extends HostileServerStage {

  @Test
  void aServerThatDoesNotSpeakTlsIsATlsFailure() throws Exception {
    try (RawServer server = RawServer.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertThat(fetch(server, "https").failure()).isEqualTo(FetchFailure.TLS);
    }
  }

  @Test
  void aServerThatDoesNotSpeakHttpIsAProtocolFailure() throws Exception {
    try (RawServer server = RawServer.saying("SSH-2.0-OpenSSH_9.2\r\n")) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aWebSiteIsAProtocolFailure() throws Exception {
    try (RawServer server =
        RawServer.saying(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>ssl dns</html>")) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aDumbServerIsNotWalked() throws Exception {
    try (RawServer server =
        RawServer.saying(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + OID + "\tHEAD\n")) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aMissingObjectThatNobodyAskedForIsAProtocolFailure() throws Exception {
    String line = "ERR upload-pack: not our ref " + "2".repeat(40);
    String packet = String.format("%04x", line.length() + 4) + line;
    try (RawServer server = RawServer.saying(ADVERTISEMENT + "\r\n" + SERVICE + packet)) {
      Failed failed = fetch(server, "http");

      assertThat(failed.failure()).isEqualTo(FetchFailure.PROTOCOL);
      assertThat(failed.detail()).contains("not our ref").hasLineCount(1);
    }
  }

  @Test
  void whatComesBesidesTheBodyIsBounded() throws Exception {
    assertTooMuch("HTTP/1.1 200 OK\r\nX: ", "x".repeat(1000));
    assertTooMuch("HTTP/1.1 200 OK\r\n", "X: y\r\n".repeat(50));
    assertTooMuch("HTTP/1.1 200 OK\r\nX: y\r\n", " folded" + "x".repeat(1000) + "\r\n");
    assertTooMuch("", "HTTP/1.1 100 Continue\r\n\r\n");
    assertTooMuch("", "\r\n");
    assertTooMuch(ADVERTISEMENT + "Transfer-Encoding: chunked\r\n\r\n5;", "x".repeat(1000));
    assertTooMuch(ADVERTISEMENT + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n".repeat(50));
  }

  private void assertTooMuch(String start, String drop) throws Exception {
    try (RawServer server = RawServer.trickling(start, drop, Duration.ofMillis(1))) {
      assertThat(fetch(server, "http").failure()).isEqualTo(FetchFailure.PROTOCOL);
    }
  }

  @Test
  void aBodyThatIsCutOffIsAServerError() throws Exception {
    assertThat(failureAfter("Content-Length: 500\r\n\r\n" + SERVICE))
        .isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n80\r\n" + SERVICE))
        .isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n22\r\n" + SERVICE + "\r\n"))
        .isEqualTo(FetchFailure.SERVER_ERROR);
  }

  @Test
  void nonsenseIsAProtocolFailure() throws Exception {
    assertThat(failureAfter("Content-Length: -1\r\n\r\nx")).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"))
        .isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n-1\r\n"))
        .isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n"))
        .isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failureAfter("no colon\r\n\r\n")).isEqualTo(FetchFailure.PROTOCOL);
  }

  private FetchFailure failureAfter(String start) throws Exception {
    try (RawServer server = RawServer.saying(ADVERTISEMENT + start)) {
      return fetch(server, "http").failure();
    }
  }
}
