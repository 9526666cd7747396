package org.purgatory.sync.simulation;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Origin;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainPage;
import org.purgatory.sync.sync.DomainThrottle;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.Permit;
import org.purgatory.sync.sync.PermitDecision;
import org.purgatory.sync.sync.PermitUse;

/** Holds every answer of a throttle against the {@link LineModel}. */
final class CheckedThrottle implements DomainThrottle {

  private final DomainThrottle throttle;
  private final LineModel model;
  private final String name;
  private final World world;

  CheckedThrottle(DomainThrottle throttle, LineModel model, String name, World world) {
    this.throttle = throttle;
    this.model = model;
    this.name = name;
    this.world = world;
  }

  @Override
  public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
    LineModel.Answer expected = model.answerTo(origin, waiter);
    CompletionStage<PermitDecision> answer = throttle.tryAcquire(origin, waiter);
    PermitDecision decision = answer.toCompletableFuture().join();
    if (decision instanceof PermitDecision.Granted granted) {
      model.granted(origin, waiter, key(granted.permit()));
    } else if (decision instanceof PermitDecision.Wait) {
      model.waits(origin.domain(), waiter);
    }
    if (expected != LineModel.Answer.of(decision)) {
      world.trace.violated(
          "%s at %s: %s is due, but the throttle says %s"
              .formatted(Words.of(waiter), origin, expected, decision));
    }
    return answer;
  }

  @Override
  public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
    Permit permit = use.permit();
    model.released(permit.origin(), key(permit), arrived(use, world.schedule.now()), sign);
    return throttle.release(use, sign);
  }

  @Override
  public CompletionStage<DomainPage> domains(Optional<Domain> after, int most) {
    return throttle.domains(after, most);
  }

  @Override
  public CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses) {
    Set<Permit> lost = new LinkedHashSet<>();
    for (PermitUse use : uses) {
      Long arrived = use.arrivedAgo().isPresent() ? arrived(use, 0) : null;
      if (!model.renewed(use.permit().domain(), key(use.permit()), arrived)) {
        lost.add(use.permit());
      }
    }
    CompletionStage<Set<Permit>> answer = throttle.renew(uses);
    Set<Permit> told = answer.toCompletableFuture().join();
    if (!told.equals(lost)) {
      world.trace.violated(
          "lost permits should be %s but are %s".formatted(Words.of(lost), Words.of(told)));
    }
    return answer;
  }

  @Override
  public CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> domains) {
    model.leftAllBut(waiter, domains);
    return throttle.leaveAllBut(waiter, domains);
  }

  @Override
  public void onTurn(Consumer<Claim> listener) {
    throttle.onTurn(listener);
  }

  private long arrived(PermitUse use, long unknown) {
    return use.arrivedAgo().map(ago -> world.schedule.now() - Schedule.micros(ago)).orElse(unknown);
  }

  private String key(Permit permit) {
    return name + permit.id();
  }
}
