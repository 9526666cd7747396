package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.sync.DomainStatus;
import org.purgatory.sync.sync.OpenCircuit;
import org.purgatory.sync.sync.ThrottleSettings.Limits;
import org.purgatory.sync.v1.ListDomainsRequest;
import org.purgatory.sync.v1.ListDomainsResponse;

class DomainsCallTest {

  private static final Domain DOMAIN = new Domain("git.example");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void pageSizeIsTheSidecarsChoiceOrTheClientsWithinBounds() {
    assertThat(read(0, "").most()).isEqualTo(50);
    assertThat(read(7, "").most()).isEqualTo(7);
    assertThat(read(Integer.MAX_VALUE, "").most()).isEqualTo(1000);
  }

  @Test
  void tokenOfOnePageLeadsToTheNext() {
    ListDomainsResponse page = DomainsCall.response(new DomainPage(List.of(), Optional.of(DOMAIN)));
    assertThat(page.getNextPageToken()).isNotEmpty().isNotEqualTo(DOMAIN.name());
    assertThat(read(0, page.getNextPageToken()).after()).contains(DOMAIN);
    assertThat(DomainsCall.response(new DomainPage(List.of(), Optional.empty())))
        .isEqualTo(ListDomainsResponse.getDefaultInstance());
  }

  @ParameterizedTest
  @ValueSource(strings = {"git.example", "!", "Li4", "AAAA", "Z2l0LmV4YW1wbGUvYQ", "é"})
  void anythingElseIsNoToken(String token) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(-1, token));
    List<Violation> violations = ((Refusal.BadInput) refused.refusal()).violations();
    assertThat(violations).extracting(Violation::field).containsExactly("page_size", "page_token");
  }

  @Test
  void domainIsToldOfWithItsLimits() {
    DomainStatus busy =
        new DomainStatus(
            DOMAIN, new Limits(5, 30), 4, 30, 2, Optional.of(NOON), Optional.empty(), List.of());
    org.purgatory.sync.v1.DomainStatus message = DomainMessages.of(busy);
    assertThat(message.getDomain()).isEqualTo("git.example");
    assertThat(message.getInFlight()).isEqualTo(4);
    assertThat(message.getMaxConcurrent()).isEqualTo(5);
    assertThat(message.getRequestsInWindow()).isEqualTo(30);
    assertThat(message.getMaxPerMinute()).isEqualTo(30);
    assertThat(message.getWaiting()).isEqualTo(2);
    assertThat(message.getNextCapacity()).isEqualTo(Times.timestamp(NOON));
    assertThat(message.hasBlockedUntil()).isFalse();
    assertThat(message.getBlockedReason()).isEmpty();
  }

  @Test
  void reasonNamesWhatKeepsEverybodyAway() {
    OpenCircuit closed = circuit("https://git.example:8443", CircuitCause.UNREACHABLE, 60);
    OpenCircuit tls = circuit("https://git.example", CircuitCause.TLS, 120);
    org.purgatory.sync.v1.DomainStatus servers = blocked(Optional.empty(), closed, tls);
    assertThat(servers.getBlockedUntil()).isEqualTo(Times.timestamp(NOON.plusSeconds(120)));
    assertThat(servers.getBlockedReason())
        .isEqualTo(
            "https://git.example:8443 cannot be reached; "
                + "https://git.example makes no encrypted connection");
    org.purgatory.sync.v1.DomainStatus all = blocked(Optional.of(NOON.plusSeconds(2)), closed);
    assertThat(all.getBlockedUntil()).isEqualTo(Times.timestamp(NOON.plusSeconds(2)));
    assertThat(all.getBlockedReason())
        .isEqualTo("asked for patience (Retry-After); https://git.example:8443 cannot be reached");
  }

  @Test
  void reasonStaysShort() {
    OpenCircuit[] many =
        IntStream.rangeClosed(1, 100)
            .mapToObj(p -> circuit("http://git.example:1" + p, CircuitCause.UNREACHABLE, p))
            .toArray(OpenCircuit[]::new);
    assertThat(blocked(Optional.empty(), many).getBlockedReason())
        .endsWith("; and 90 more servers")
        .hasSizeLessThan(1000);
  }

  private static DomainsCall read(int pageSize, String token) {
    return DomainsCall.read(
        ListDomainsRequest.newBuilder().setPageSize(pageSize).setPageToken(token).build());
  }

  private static OpenCircuit circuit(String origin, CircuitCause cause, int seconds) {
    return new OpenCircuit(Origin.parse(origin), cause, NOON.plusSeconds(seconds));
  }

  private static org.purgatory.sync.v1.DomainStatus blocked(
      Optional<Instant> patience, OpenCircuit... circuits) {
    return DomainMessages.of(
        new DomainStatus(
            DOMAIN, new Limits(5, 30), 0, 0, 0, Optional.empty(), patience, List.of(circuits)));
  }
}
