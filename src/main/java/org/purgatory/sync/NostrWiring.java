package org.purgatory.sync;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.purgatory.sync.nostr.Bip340Check;
import org.purgatory.sync.nostr.EventLimits;
import org.purgatory.sync.nostr.GitEvents;
import org.purgatory.sync.nostr.SignatureCheck;

/** Makes the reader of events. */
@Singleton
public class NostrWiring {

  @Produces
  @Singleton
  GitEvents events(PurgatoryConfig config, EventLimits limits) {
    SignatureCheck signatures =
        config.nostr().verifySignatures() ? new Bip340Check() : SignatureCheck.TRUSTING;
    return new GitEvents(signatures, limits);
  }
}
