package org.purgatory.sync.grpc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.OpenCircuit;

/** Domains as messages carry them. */
final class DomainMessages {

  private static final int MOST_NAMED = 10;

  private DomainMessages() {}

  /** A domain. */
  static org.purgatory.sync.v1.DomainStatus of(DomainStatus status) {
    org.purgatory.sync.v1.DomainStatus.Builder message =
        org.purgatory.sync.v1.DomainStatus.newBuilder()
            .setDomain(status.domain().name())
            .setInFlight(status.inFlight())
            .setMaxConcurrent(status.limits().maxConcurrent())
            .setRequestsInWindow(status.inWindow())
            .setMaxPerMinute(status.limits().maxPerMinute())
            .setWaiting(status.waiting())
            .setBlockedReason(reason(status));
    status.nextCapacity().map(Times::timestamp).ifPresent(message::setNextCapacity);
    blockedUntil(status).map(Times::timestamp).ifPresent(message::setBlockedUntil);
    return message.build();
  }

  private static Optional<Instant> blockedUntil(DomainStatus status) {
    return status
        .patienceUntil()
        .or(() -> status.openCircuits().stream().map(OpenCircuit::until).max(Instant::compareTo));
  }

  private static String reason(DomainStatus status) {
    List<OpenCircuit> circuits = status.openCircuits();
    Stream<String> patience =
        status.patienceUntil().stream().map(until -> "asked for patience (Retry-After)");
    Stream<String> servers = circuits.stream().limit(MOST_NAMED).map(DomainMessages::sentence);
    Stream<String> more =
        circuits.size() > MOST_NAMED
            ? Stream.of("and " + (circuits.size() - MOST_NAMED) + " more servers")
            : Stream.empty();
    return Stream.of(patience, servers, more)
        .flatMap(some -> some)
        .collect(Collectors.joining("; "));
  }

  private static String sentence(OpenCircuit circuit) {
    return circuit.origin()
        + switch (circuit.cause()) {
          case UNREACHABLE -> " cannot be reached";
          case TLS -> " makes no encrypted connection";
        };
  }
}
