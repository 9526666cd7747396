package org.purgatory.sync.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.sync.StoreUnavailableException;
import org.purgatory.sync.testkit.LogTap;
import org.purgatory.sync.testkit.VirtualTime;

class CallEndsTest {

  private final VirtualTime time = new VirtualTime();
  private final LogTap log = LogTap.on("org.purgatory.sync.grpc");
  private final CallEnds ends = new CallEnds(time);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void outageUnderLoadIsOneWarning() {
    StoreUnavailableException away = new StoreUnavailableException("Redis is away");
    for (int i = 0; i < 10_000; i++) {
      Status status = ends.failed(new CompletionException(away)).getStatus();
      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      ends.worked();
      time.advance(Duration.ofMillis(1));
    }
    assertThat(log.warnings())
        .containsExactly(
            "Answering gRPC calls fails (said once, until it works again): Redis is away");
    assertThat(log.stackTraces()).isEmpty();
    time.advance(Duration.ofSeconds(5));
    ends.worked();
    assertThat(log.infos()).hasSize(1);
  }

  @Test
  void refusalsAreNoOutage() {
    ends.failed(new RefusedException(new Refusal.QueueFull("full", Duration.ZERO)));
    assertThat(log.warnings()).isEmpty();
  }
}
