package org.purgatory.sync;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.TrimmedStringConverter;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code purgatory.git}: the relay's git data, and how to fetch. */
public interface GitConfig {

  /**
   * The directory of the relay's git data, on the volume that the relay shares. Required.
   *
   * @return {@code PURGATORY_GIT_ROOT}
   */
  Optional<String> root();

  /**
   * Where below the root an owner's repository is: {@code {npub}/{identifier}.git} or {@code
   * {pubkey}/{identifier}.git}.
   *
   * @return {@code PURGATORY_GIT_REPOSITORY_LAYOUT}
   */
  @WithDefault("{npub}/{identifier}.git")
  String repositoryLayout();

  /**
   * The relay's own domains, separated by commas. They are never fetched from, as what they have is
   * on the volume. Whole hosts: {@code example.org} says nothing of {@code git.example.org}.
   *
   * @return {@code PURGATORY_GIT_OWN_DOMAINS}
   */
  Optional<List<@WithConverter(TrimmedStringConverter.class) String>> ownDomains();

  /**
   * Ranges of addresses, separated by commas, that are connected to though they are not public:
   * {@code 10.0.0.0/8}, {@code fd00::/8}. For tests and private networks.
   *
   * @return {@code PURGATORY_GIT_ALLOWED_NETWORKS}
   */
  Optional<List<@WithConverter(TrimmedStringConverter.class) String>> allowedNetworks();

  /**
   * Whether clone URLs without encryption are used.
   *
   * @return {@code PURGATORY_GIT_ALLOW_HTTP}
   */
  @WithDefault("true")
  @WithConverter(StrictBoolean.class)
  boolean allowHttp();

  /**
   * Whether repositories of announced owners are made that the relay has not made.
   *
   * @return {@code PURGATORY_GIT_CREATE_MISSING}
   */
  @WithDefault("false")
  @WithConverter(StrictBoolean.class)
  boolean createMissing();

  /**
   * How many fetches run at once in this process, over all domains.
   *
   * @return {@code PURGATORY_GIT_MAX_CONCURRENT_FETCHES}
   */
  @WithDefault("32")
  int maxConcurrentFetches();

  /**
   * How long making a connection may take.
   *
   * @return {@code PURGATORY_GIT_CONNECT_TIMEOUT}
   */
  @WithDefault("10s")
  Duration connectTimeout();

  /**
   * How long a server may send nothing.
   *
   * @return {@code PURGATORY_GIT_STALL_TIMEOUT}
   */
  @WithDefault("30s")
  Duration stallTimeout();

  /**
   * How long one fetch may take over all, however steadily its server sends.
   *
   * @return {@code PURGATORY_GIT_TOTAL_TIMEOUT}
   */
  @WithDefault("10m")
  Duration totalTimeout();

  /**
   * How many bytes one fetch may receive, headers and encryption included.
   *
   * @return {@code PURGATORY_GIT_MAX_WIRE_BYTES}
   */
  @WithDefault("2G")
  MemorySize maxWireBytes();

  /**
   * How many bytes one object may have.
   *
   * @return {@code PURGATORY_GIT_MAX_OBJECT_BYTES}
   */
  @WithDefault("512M")
  MemorySize maxObjectBytes();

  /**
   * How many objects one fetch may bring.
   *
   * @return {@code PURGATORY_GIT_MAX_OBJECTS}
   */
  @WithDefault("5000000")
  int maxObjects();
}
