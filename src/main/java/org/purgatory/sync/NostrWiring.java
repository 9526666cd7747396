package org.purgatory.sync;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.purgatory.sync.nostr.Bip340Check;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.nostr.EventReader;
import org.purgatory.sync.nostr.GitEventReader;
import org.purgatory.sync.nostr.SignatureCheck;

/** Makes the readers of events. */
@Singleton
public class NostrWiring {

  @Produces
  @Singleton
  EventReader eventReader(PurgatoryConfig config, EventLimits limits) {
    SignatureCheck signatures =
        config.nostr().verifySignatures() ? new Bip340Check() : SignatureCheck.TRUSTING;
    return new EventReader(signatures, limits);
  }

  @Produces
  @Singleton
  GitEventReader gitEventReader(EventLimits limits) {
    return new GitEventReader(limits);
  }
}
