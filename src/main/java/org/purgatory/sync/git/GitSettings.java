package org.purgatory.sync.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What an operator decides about git.
 *
 * @param root the directory of the relay's git data
 * @param layout where below it an owner's repository is
 * @param connectTimeout how long one connection may take to be made
 * @param stallTimeout how long a server may send nothing
 * @param totalTimeout how long one exchange may take from its start, checks included
 * @param caps how much one exchange may bring
 * @param allowedNetworks addresses that may be connected to though they are not public
 * @param maxConcurrentFetches how many exchanges run at once, at least one
 * @param createMissing whether repositories of owners are made here that the relay has not made
 */
public record GitSettings(
    Path root,
    RepositoryLayout layout,
    Duration connectTimeout,
    Duration stallTimeout,
    Duration totalTimeout,
    FetchCaps caps,
    List<IpNetwork> allowedNetworks,
    int maxConcurrentFetches,
    boolean createMissing) {

  /** Checks what is given. */
  public GitSettings {
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(caps, "caps");
    allowedNetworks = List.copyOf(allowedNetworks);
    requirePositive("purgatory.git.connect-timeout", connectTimeout);
    requirePositive("purgatory.git.stall-timeout", stallTimeout);
    requirePositive("purgatory.git.total-timeout", totalTimeout);
    if (maxConcurrentFetches < 1) {
      throw new IllegalArgumentException(
          "purgatory.git.max-concurrent-fetches must be at least 1, not " + maxConcurrentFetches);
    }
  }

  /**
   * The settings that hold where an operator says nothing.
   *
   * @param root the directory of the relay's git data
   * @return the defaults
   */
  public static GitSettings defaults(Path root) {
    return new GitSettings(
        root,
        RepositoryLayout.NPUB,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(10),
        FetchCaps.defaults(),
        List.of(),
        32,
        false);
  }

  private static void requirePositive(String property, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(property + " must be longer than 0, not " + duration);
    }
  }
}
