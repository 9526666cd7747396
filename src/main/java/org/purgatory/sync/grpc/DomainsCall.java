package org.purgatory.sync.grpc;

import java.util.Optional;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.v1.ListDomainsRequest;
import org.purgatory.sync.v1.ListDomainsResponse;

/**
 * A ListDomains request that has been read.
 *
 * @param after the domain behind which to begin; empty: with the first
 * @param most how many domains to look at
 */
record DomainsCall(Optional<Domain> after, int most) {

  /**
   * Reads a request.
   *
   * @param request what a relay sent
   * @return what it means
   * @throws RefusedException with all that is wrong with it
   */
  static DomainsCall read(ListDomainsRequest request) {
    Violations violations = new Violations();
    Optional<Integer> most =
        violations.read("page_size", () -> PageSize.read(request.getPageSize()));
    Optional<Optional<Domain>> after =
        violations.read("page_token", () -> PageToken.read(request.getPageToken(), Domain::new));
    violations.refuseIfAny();
    return new DomainsCall(after.orElseThrow(), most.orElseThrow());
  }

  /**
   * The answer.
   *
   * @param page what the throttle said
   * @return its domains, and a token if there may be more
   */
  static ListDomainsResponse response(DomainPage page) {
    ListDomainsResponse.Builder message = ListDomainsResponse.newBuilder();
    page.domains().forEach(domain -> message.addDomains(DomainMessages.of(domain)));
    message.setNextPageToken(PageToken.write(page.last().map(Domain::name)));
    return message.build();
  }
}
