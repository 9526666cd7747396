package org.purgatory.sync.store.redis;

/** The scripts of the queue, one for each transition. */
final class QueueScripts {

  final Script enqueue;
  final Script trigger;
  final Script claim;
  final Script renew;
  final Script load;
  final Script publish;
  final Script complete;
  final Script sweep;
  final Script usage;

  QueueScripts(Scripts scripts) {
    this.enqueue = scripts.load("enqueue", "group", "queue", "knowledge");
    this.trigger = scripts.load("trigger", "group", "queue");
    this.claim = scripts.load("claim", "group", "queue", "knowledge");
    this.renew = scripts.load("renew", "group", "queue");
    this.load = scripts.load("load", "group", "queue", "knowledge");
    this.publish = scripts.load("publish", "group", "queue", "knowledge", "departures");
    this.complete = scripts.load("complete", "group", "queue");
    this.sweep = scripts.load("sweep", "group", "queue", "knowledge", "departures");
    this.usage = scripts.load("usage", "group");
  }
}
