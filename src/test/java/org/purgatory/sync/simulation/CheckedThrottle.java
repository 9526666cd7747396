package org.purgatory.sync.simulation;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.DomainThrottle;
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
  public CompletionStage<PermitDecision> tryAcquire(Domain domain, Claim waiter) {
    boolean turn = model.isTurnOf(domain, waiter);
    CompletionStage<PermitDecision> answer = throttle.tryAcquire(domain, waiter);
    PermitDecision decision = answer.toCompletableFuture().join();
    if (decision instanceof PermitDecision.Granted granted) {
      model.granted(domain, waiter, key(granted.permit()));
    } else {
      model.waits(domain, waiter);
    }
    if (turn != decision instanceof PermitDecision.Granted) {
      world.trace.violated(
          "it is %s turn of %s at %s, but the throttle says %s"
              .formatted(turn ? "the" : "not the", Words.of(waiter), domain, decision));
    }
    return answer;
  }

  @Override
  public CompletionStage<Void> release(PermitUse use) {
    model.released(use.permit().domain(), key(use.permit()), arrived(use, world.schedule.now()));
    return throttle.release(use);
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
