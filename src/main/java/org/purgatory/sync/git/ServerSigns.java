package org.purgatory.sync.git;

import java.time.Duration;
import java.util.Optional;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;

/** Tells what an exchange has shown of the server. */
final class ServerSigns {

  private ServerSigns() {}

  /**
   * Tells what an exchange has shown. Any response shows that the server is there, even if the next
   * request, which may go elsewhere by a redirect, fails.
   *
   * @param result what came of it
   * @param status the last response's status, or 0 if there was none
   * @param retryAfter how long the last response asks to stay away
   */
  static ExchangeSign of(FetchResult result, int status, Optional<Duration> retryAfter) {
    if (retryAfter.isPresent()) {
      return new ExchangeSign.AskedForPatience(retryAfter.get());
    }
    if (status != 0) {
      return new ExchangeSign.Answered();
    }
    return result instanceof FetchResult.Failed failed
        ? of(failed.failure())
        : new ExchangeSign.NoSign();
  }

  private static ExchangeSign of(FetchFailure failure) {
    return switch (failure) {
      case UNREACHABLE -> new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE);
      case TLS -> new ExchangeSign.Unreachable(CircuitCause.TLS);
      default -> new ExchangeSign.NoSign();
    };
  }
}
