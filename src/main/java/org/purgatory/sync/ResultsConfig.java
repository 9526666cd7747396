package org.purgatory.sync;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code purgatory.results}: how long results are kept, and how streams of them stay alive. */
public interface ResultsConfig {

  /**
   * How long a result is kept for subscribers that come back.
   *
   * @return {@code PURGATORY_RESULTS_RETENTION}
   */
  @WithDefault("24h")
  Duration retention();

  /**
   * How many results are kept at the most.
   *
   * @return {@code PURGATORY_RESULTS_MAX_RESULTS}
   */
  @WithDefault("100000")
  int maxResults();

  /**
   * How often a quiet stream gets a bookmark.
   *
   * @return {@code PURGATORY_RESULTS_BOOKMARK_INTERVAL}
   */
  @WithDefault("10s")
  Duration bookmarkInterval();
}
