package org.purgatory.sync.store.redis;

import java.util.List;

/**
 * The keys of a group, in the order in which every script of it expects them (group.lua). They are
 * the same for all operations and have one hash tag, so that a cluster keeps them together.
 */
final class GroupKeys {

  private static final List<String> NAMES =
      List.of(
          "due",
          "entries",
          "pending",
          "events",
          "oldest",
          "slots",
          "known",
          "idle",
          "dormant",
          "asleep",
          "notes",
          "expired",
          "satisfied",
          "results",
          "places",
          "consumers",
          "meta");

  private final String prefix;
  private final List<String> all;

  GroupKeys(String group) {
    this.prefix = "purgatory:{" + group + "}:";
    this.all = NAMES.stream().map(prefix::concat).toList();
  }

  List<String> all() {
    return all;
  }

  String events() {
    return prefix + "events";
  }

  String known() {
    return prefix + "known";
  }

  String results() {
    return prefix + "results";
  }

  String places() {
    return prefix + "places";
  }

  /** All keys at a glance, for messages. */
  String pattern() {
    return prefix + "*";
  }
}
