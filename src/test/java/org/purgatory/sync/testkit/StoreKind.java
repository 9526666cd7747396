package org.purgatory.sync.testkit;

/** Where a sidecar keeps its queue, its results and its limits. */
public enum StoreKind {
  /** In its own memory. */
  MEMORY,
  /** In a Redis that the test starts with it. */
  REDIS
}
