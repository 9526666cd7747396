package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.sha1.Sha1CollisionException;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult.Failed;

class FailureClassifierTest {

  private static final TransportException JGITS = new TransportException("whatever");

  @Test
  void whatBrokeTheConnectionComesFirst() {
    assertThat(network(new UnknownHostException("x"))).isEqualTo(FetchFailure.UNREACHABLE);
    assertThat(network(new ConnectException("x"))).isEqualTo(FetchFailure.UNREACHABLE);
    assertThat(network(new NoRouteToHostException("x"))).isEqualTo(FetchFailure.UNREACHABLE);
    assertThat(network(new SocketTimeoutException("x"))).isEqualTo(FetchFailure.TIMEOUT);
    assertThat(network(new SSLHandshakeException("x"))).isEqualTo(FetchFailure.TLS);
    assertThat(network(new SSLException("x", new SocketTimeoutException("x"))))
        .isEqualTo(FetchFailure.TIMEOUT);
    assertThat(network(new SocketException("x"))).isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(network(new NoHttpResponseException("x"))).isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(network(new ConnectionClosedException())).isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(network(new TruncatedChunkException("x"))).isEqualTo(FetchFailure.SERVER_ERROR);
    assertThat(network(new MalformedChunkCodingException("x"))).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(network(new ClientProtocolException("x"))).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(network(new BlockedTargetException("x"))).isEqualTo(FetchFailure.REFUSED);
  }

  @Test
  void anUntrustedCertificateIsNamedWithoutThePackagesOfThisProgram() {
    Throwable reason = new CertPathBuilderException("unable to find valid certification path");
    Throwable path = new CertificateException("PKIX path building failed: " + reason, reason);
    SSLHandshakeException handshake = new SSLHandshakeException(path.getMessage());
    handshake.initCause(path);

    assertThat(FailureClassifier.classify(new IOException(), handshake, 0).detail())
        .isEqualTo("no encrypted connection: \"unable to find valid certification path\"");
  }

  private static FetchFailure network(IOException e) {
    return FailureClassifier.classify(JGITS, e, 500).failure();
  }

  @Test
  void memoryTakenByOtherFetchesIsNoFaultOfTheServer() {
    IOException wrapped =
        new TransportException("JGit's", new BusyException("others have taken it"));

    assertThat(FailureClassifier.classify(wrapped, null, 200))
        .isEqualTo(new Failed(FetchFailure.LOCAL, "others have taken it"));
  }

  @Test
  void wordsOfAServerAreNoEvidence() throws Exception {
    Failed failed =
        FailureClassifier.classify(
            new RemoteRepositoryException(
                new URIish("https://ssl.example/x"), "ssl dns timeout\nnot found"),
            null,
            200);

    assertThat(failed.failure()).isEqualTo(FetchFailure.PROTOCOL);
    assertThat(failed.detail()).isEqualTo("the server says \"ssl dns timeout\\u000anot found\"");
  }

  @Test
  void brokenObjectsAreFoundBelowJGitsOwnException() {
    TransportException e = new TransportException("x", new CorruptObjectException("bad tree"));

    assertThat(FailureClassifier.classify(e, null, 200))
        .isEqualTo(new Failed(FetchFailure.BAD_OBJECTS, "\"bad tree\""));
  }

  @Test
  void tooMuchIsTooMuchWhereverItIsFoundOut() {
    TooLargeException much = new TooLargeException("more than 7 bytes were sent");
    Failed failed = new Failed(FetchFailure.TOO_LARGE, "more than 7 bytes were sent");

    assertThat(FailureClassifier.classify(JGITS, much, 200)).isEqualTo(failed);
    assertThat(FailureClassifier.classify(new TransportException("x", much), null, 200))
        .isEqualTo(failed);
    assertThat(of(new TransportException("x", new TooLargeObjectInPackException(8, 7))))
        .isEqualTo(FetchFailure.TOO_LARGE);
  }

  @Test
  void aFullDiskIsOurs() {
    assertThat(of(new TransportException("x", new IOException("No space left on device"))))
        .isEqualTo(FetchFailure.LOCAL);
    assertThat(of(new FileSystemException("/x"))).isEqualTo(FetchFailure.LOCAL);
    assertThat(of(new IllegalStateException())).isEqualTo(FetchFailure.LOCAL);
  }

  @Test
  void whatABadServerMakesJGitThrowIsTheServers() {
    assertThat(of(thrownBy(() -> new PacketLineIn(null).readString())))
        .isEqualTo(FetchFailure.PROTOCOL);
    assertThat(of(new PackProtocolException("x"))).isEqualTo(FetchFailure.PROTOCOL);
  }

  @Test
  void whatItMakesUsThrowIsOurs() {
    assertThat(of(new TransportException("x", new IndexOutOfBoundsException())))
        .isEqualTo(FetchFailure.LOCAL);
  }

  @Test
  void aPackThatIsNoneIsTheServersThoughItsExceptionIsThatOfAFullDisk() {
    byte[] noPack = "There is no pack in here, nor anything else.".getBytes(StandardCharsets.UTF_8);
    try (Repository repository = new InMemoryRepository(new DfsRepositoryDescription("x"));
        ObjectInserter inserter = repository.newObjectInserter()) {
      Exception e =
          thrownBy(
              () ->
                  inserter
                      .newPackParser(new ByteArrayInputStream(noPack))
                      .parse(NullProgressMonitor.INSTANCE));

      assertThat(e.getClass()).isEqualTo(IOException.class);
      assertThat(of(new TransportException("x", e))).isEqualTo(FetchFailure.BAD_OBJECTS);
    }
  }

  @Test
  void aCollisionOfHashesIsTheServers() {
    assertThat(of(new TransportException("x", new Sha1CollisionException(ObjectId.zeroId()))))
        .isEqualTo(FetchFailure.BAD_OBJECTS);
  }

  @Test
  void whatIsMadeToExhaustUsIsTheServers() {
    assertThat(FailureClassifier.classify(new OutOfMemoryError()).failure())
        .isEqualTo(FetchFailure.TOO_LARGE);
    assertThat(FailureClassifier.classify(new StackOverflowError()).failure())
        .isEqualTo(FetchFailure.BAD_OBJECTS);
  }

  private static Exception thrownBy(ThrowingCallable action) {
    return (Exception) catchThrowable(action);
  }

  private static FetchFailure of(Exception e) {
    return FailureClassifier.classify(e, null, 200).failure();
  }
}
