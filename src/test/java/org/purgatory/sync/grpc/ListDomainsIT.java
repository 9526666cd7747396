package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.purgatory.sync.testkit.SampleEvents.repo;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.nostr.SignatureCheck;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.v1.DomainStatus;
import org.purgatory.sync.v1.ListDomainsRequest;
import org.purgatory.sync.v1.ListDomainsResponse;

class ListDomainsIT {

  @AutoClose private final ServiceStage stage = ServiceStage.withEngine(SignatureCheck.TRUSTING);

  @Test
  void domainsAreToldOfPageByPage() {
    for (String host : List.of("b.example", "a.example", "c.example")) {
      stage.throttle.tryAcquire(Origin.parse("https://" + host), new Claim(repo("r"), 1));
    }
    ListDomainsRequest.Builder request = ListDomainsRequest.newBuilder().setPageSize(2);
    ListDomainsResponse first = stage.calls().listDomains(request.build());
    ListDomainsResponse second =
        stage.calls().listDomains(request.setPageToken(first.getNextPageToken()).build());
    assertThat(first.getDomainsList())
        .extracting(DomainStatus::getDomain)
        .containsExactly("a.example", "b.example");
    assertThat(second.getDomainsList())
        .extracting(DomainStatus::getDomain)
        .containsExactly("c.example");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void pageThatThereCannotBeIsBadInput() {
    StatusRuntimeException failure =
        failure(ListDomainsRequest.newBuilder().setPageSize(-1).setPageToken("../x").build());
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getStatus().getDescription()).startsWith("page_size: must not be negative");
  }

  @Test
  void domainsCannotBeToldOfWhileTheStoreIsAway() {
    stage.line.cut();
    StatusRuntimeException failure = failure(ListDomainsRequest.getDefaultInstance());
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private StatusRuntimeException failure(ListDomainsRequest request) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> stage.calls().listDomains(request));
  }
}
