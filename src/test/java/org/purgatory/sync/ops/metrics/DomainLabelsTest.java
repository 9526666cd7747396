package org.purgatory.sync.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.Domain;

class DomainLabelsTest {

  private static final Domain A = Domain.of("a.example");
  private static final Domain B = Domain.of("b.example");
  private static final Domain C = Domain.of("c.example");

  private final DomainLabels labels = new DomainLabels(2);

  @Test
  void theFirstDomainsAreLabelledAtOnce() {
    ask(A, 1);
    ask(B, 1);

    assertThat(labels.all()).containsExactlyInAnyOrder(A, B);
  }

  @Test
  void aDomainTakesThePlaceOfTheLeastBusyOneWhenItIsTwiceAsBusy() {
    ask(A, 10);
    ask(B, 3);
    ask(C, 5);

    assertThat(labels.has(C)).isFalse();
    assertThat(labels.count(C)).contains(B);
    assertThat(labels.all()).containsExactlyInAnyOrder(A, C);
  }

  @Test
  void whoLostItsLabelKeepsItsCountAndCanWinItBack() {
    ask(A, 100);
    ask(B, 3);
    ask(C, 6);
    ask(B, 8);

    assertThat(labels.has(B)).isFalse();
    assertThat(labels.count(B)).contains(C);
  }

  @Test
  void equallyBusyDomainsDoNotTakeTurns() {
    ask(A, 10_000);
    int changes = 0;
    for (int i = 0; i < 10_000; i++) {
      changes += labels.count(i % 2 == 0 ? B : C).isPresent() ? 1 : 0;
    }

    assertThat(changes).isZero();
  }

  @Test
  void strangersWithoutEndNeitherTakeLabelsNorMemory() {
    ask(A, 3);
    ask(B, 3);
    for (int i = 0; i < 10_000; i++) {
      ask(Domain.of("d" + i + ".example"), 1);
    }

    assertThat(labels.all()).containsExactlyInAnyOrder(A, B);
    assertThat(labels.remembered()).isLessThanOrEqualTo(22);
  }

  @Test
  void labelsChangeNoOftenerThanCountsCanDouble() {
    DomainLabels many = new DomainLabels(10);
    Random random = new Random(1);
    int requests = 50_000;
    int changes = 0;
    for (int i = 0; i < requests; i++) {
      int busy = (int) (Math.abs(random.nextGaussian()) * 20) + i / 1000;
      Optional<Domain> lost = many.count(Domain.of("d" + busy + ".example"));
      changes += lost.isPresent() ? 1 : 0;
      assertThat(many.all()).hasSizeLessThanOrEqualTo(10);
    }

    assertThat(changes).isPositive().isLessThan((int) (10 * Math.log(requests) / Math.log(2)));
  }

  private void ask(Domain domain, int times) {
    for (int i = 0; i < times; i++) {
      labels.count(domain);
    }
  }
}
