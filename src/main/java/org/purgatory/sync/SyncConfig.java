package org.purgatory.sync;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code purgatory.sync}: the queue's rules. */
public interface SyncConfig {

  /**
   * How long an identifier waits after an event came, if the relay says nothing else: a push is
   * expected to follow.
   *
   * @return {@code PURGATORY_SYNC_DEFAULT_DELAY}
   */
  @WithDefault("3m")
  Duration defaultDelay();

  /**
   * How long an identifier waits after a trigger, if the relay says nothing else.
   *
   * @return {@code PURGATORY_SYNC_IMMEDIATE_DELAY}
   */
  @WithDefault("500ms")
  Duration immediateDelay();

  /**
   * How often the loop looks for what is due. It is also woken at due times, so this is the most
   * that a missed wake-up costs. The scheduler's own pace is a second: less counts as one. Also
   * {@code NGIT_SYNC_LOOP_INTERVAL_MS}, in milliseconds.
   *
   * @return {@code PURGATORY_SYNC_LOOP_INTERVAL}
   */
  @WithDefault("1s")
  Duration loopInterval();

  /**
   * How long an identifier waits after the first attempt that left events behind. Each further
   * attempt doubles it.
   *
   * @return {@code PURGATORY_SYNC_BACKOFF_BASE}
   */
  @WithDefault("20s")
  Duration backoffBase();

  /**
   * The longest wait between two attempts.
   *
   * @return {@code PURGATORY_SYNC_BACKOFF_MAX}
   */
  @WithDefault("2m")
  Duration backoffMax();

  /**
   * How long an event waits at the most. Then it expires.
   *
   * @return {@code PURGATORY_SYNC_EXPIRY}
   */
  @WithDefault("30m")
  Duration expiry();

  /**
   * How long an expired event is remembered, so that it is not hunted again when it is handed in
   * again.
   *
   * @return {@code PURGATORY_SYNC_EXPIRED_MEMORY}
   */
  @WithDefault("7d")
  Duration expiredMemory();

  /**
   * How long a run, or a fetch's permit, outlives a replica that died. Renewed three times as
   * often.
   *
   * @return {@code PURGATORY_SYNC_LEASE}
   */
  @WithDefault("60s")
  Duration lease();
}
