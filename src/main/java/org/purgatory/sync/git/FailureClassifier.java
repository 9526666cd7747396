package org.purgatory.sync.git;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.LockFailedException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.util.sha1.Sha1CollisionException;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult.Failed;

/** Tells why an exchange failed: by what happened on the wire, then by types, never by words. */
final class FailureClassifier {

  private FailureClassifier() {}

  /**
   * Tells why an exchange failed.
   *
   * @param thrown what JGit threw
   * @param network what broke a connection, or null
   * @param status the last response's status, or 0 if there was none
   */
  static Failed classify(Throwable thrown, IOException network, int status) {
    if (network != null) {
      return ofNetwork(network);
    }
    if (status != 0 && status != 200) {
      return ofStatus(status);
    }
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof BusyException) {
        return failed(FetchFailure.LOCAL, e.getMessage());
      }
      if (e instanceof CorruptObjectException
          || e instanceof MissingObjectException
          || e instanceof Sha1CollisionException
          || isOfReading(e) && ThrownBy.withinPackParser(e)) {
        return failed(FetchFailure.BAD_OBJECTS, withoutUrl(e));
      }
      if (e instanceof TooLargeException) {
        return failed(FetchFailure.TOO_LARGE, e.getMessage());
      }
      if (e instanceof TooLargeObjectInPackException) {
        return failed(FetchFailure.TOO_LARGE, "an object is too large");
      }
      if (e instanceof NoRemoteRepositoryException) {
        return failed(FetchFailure.NOT_FOUND, "the server has no such repository");
      }
      if (e instanceof RemoteRepositoryException) {
        return failed(FetchFailure.PROTOCOL, "the server says " + withoutUrl(e));
      }
      if (isLocal(e)) {
        return failed(FetchFailure.LOCAL, "could not store it: " + e.getClass().getSimpleName());
      }
      if (e instanceof RuntimeException) {
        return ofRuntime(e);
      }
    }
    return failed(FetchFailure.PROTOCOL, withoutUrl(thrown));
  }

  /**
   * Tells what went beyond memory or stack, as only what a server made for that does.
   *
   * @param e was thrown during a fetch
   */
  static Failed classify(VirtualMachineError e) {
    return e instanceof OutOfMemoryError
        ? failed(FetchFailure.TOO_LARGE, "it does not fit into memory")
        : failed(FetchFailure.BAD_OBJECTS, "it is nested too deeply");
  }

  /** JGit's parsers find out in many ways that something is wrong. */
  private static Failed ofRuntime(Throwable e) {
    String name = e.getClass().getSimpleName();
    if (!ThrownBy.jgit(e)) {
      return failed(FetchFailure.LOCAL, name);
    }
    return ThrownBy.withinPackParser(e)
        ? failed(FetchFailure.BAD_OBJECTS, "the pack cannot be read: " + name)
        : failed(FetchFailure.PROTOCOL, "what came cannot be read: " + name);
  }

  private static Failed ofNetwork(IOException network) {
    for (Throwable e = network; e != null; e = e.getCause()) {
      if (e instanceof SocketTimeoutException) {
        return failed(FetchFailure.TIMEOUT, "the server did not answer in time");
      }
    }
    if (network instanceof TooLargeException) {
      return failed(FetchFailure.TOO_LARGE, network.getMessage());
    }
    if (network instanceof BlockedTargetException) {
      return failed(FetchFailure.REFUSED, network.getMessage());
    }
    if (network instanceof UnknownHostException) {
      return failed(FetchFailure.UNREACHABLE, "unknown host");
    }
    if (network instanceof ConnectException
        || network instanceof NoRouteToHostException
        || network instanceof PortUnreachableException) {
      return failed(FetchFailure.UNREACHABLE, "the host does not take the connection");
    }
    if (network instanceof SSLException) {
      return failed(FetchFailure.TLS, "no encrypted connection: " + quoted(rootMessage(network)));
    }
    if (network instanceof SocketException
        || network instanceof NoHttpResponseException
        || network instanceof ConnectionClosedException
        || network instanceof TruncatedChunkException) {
      return failed(FetchFailure.SERVER_ERROR, "the server broke the connection");
    }
    // Never with a message: that may quote what the server sent.
    return failed(
        FetchFailure.PROTOCOL, "what came is not HTTP/1.1: " + network.getClass().getSimpleName());
  }

  /** The outer ones say that a handshake failed, in so many words that the reason is cut off. */
  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause().getMessage() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static Failed ofStatus(int status) {
    return failed(failureOf(status), "HTTP " + status);
  }

  private static FetchFailure failureOf(int status) {
    switch (status) {
      case 401:
      case 403:
      case 407:
        return FetchFailure.UNAUTHORIZED;
      case 404:
      case 410:
        return FetchFailure.NOT_FOUND;
      case 429:
      case 503:
        return FetchFailure.RATE_LIMITED;
      default:
        return status >= 500 ? FetchFailure.SERVER_ERROR : FetchFailure.PROTOCOL;
    }
  }

  /** What JGit throws because of bytes that are wrong, or too few. */
  private static boolean isOfReading(Throwable e) {
    return e instanceof EOFException || e.getClass() == IOException.class && ThrownBy.transport(e);
  }

  /** Network failures are known by now, and JGit's own exceptions are subclasses. */
  private static boolean isLocal(Throwable e) {
    return e.getClass() == IOException.class && !ThrownBy.transport(e)
        || e instanceof FileSystemException
        || e instanceof LockFailedException
        || e instanceof FileNotFoundException;
  }

  /** JGit's messages start with the URL, which everybody knows who reads this. */
  private static String withoutUrl(Throwable e) {
    return quoted(String.valueOf(e.getMessage()).replaceFirst("^https?://\\S+: ", ""));
  }

  private static Failed failed(FetchFailure failure, String detail) {
    return new Failed(failure, detail);
  }
}
