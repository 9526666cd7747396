package org.purgatory.sync.simulation;

import java.util.Collection;
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

/** A throttle that does what another one does, for variants that differ in one thing. */
class ForwardingThrottle implements DomainThrottle {

  final DomainThrottle real;

  ForwardingThrottle(DomainThrottle real) {
    this.real = real;
  }

  @Override
  public CompletionStage<PermitDecision> tryAcquire(Origin origin, Claim waiter) {
    return real.tryAcquire(origin, waiter);
  }

  @Override
  public CompletionStage<Void> release(PermitUse use, ExchangeSign sign) {
    return real.release(use, sign);
  }

  @Override
  public CompletionStage<Set<Permit>> renew(Collection<PermitUse> uses) {
    return real.renew(uses);
  }

  @Override
  public CompletionStage<Void> leaveAllBut(Claim waiter, Set<Domain> domains) {
    return real.leaveAllBut(waiter, domains);
  }

  @Override
  public CompletionStage<DomainPage> domains(Optional<Domain> after, int most) {
    return real.domains(after, most);
  }

  @Override
  public void onTurn(Consumer<Claim> listener) {
    real.onTurn(listener);
  }
}
