package org.purgatory.sync;

import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** {@code purgatory.nostr}: how events are read. */
public interface NostrConfig {

  /**
   * Whether the events' signatures are checked. A relay that has checked them all may switch it
   * off. Ids are always checked.
   *
   * @return {@code PURGATORY_NOSTR_VERIFY_SIGNATURES}
   */
  @WithDefault("true")
  @WithConverter(StrictBoolean.class)
  boolean verifySignatures();
}
