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
  final Script cancel;
  final Script begin;
  final Script note;
  final Script status;
  final Script list;
  final Script usage;

  QueueScripts(Scripts scripts) {
    String[] work = {"group", "queue", "heads", "dormant", "knowledge"};
    String[] leaving = {"group", "queue", "heads", "dormant", "knowledge", "departures"};
    this.enqueue = scripts.load("enqueue", work);
    this.trigger = scripts.load("trigger", "group", "queue");
    this.claim = scripts.load("claim", work);
    this.renew = scripts.load("renew", "group", "queue");
    this.load = scripts.load("load", "group", "queue", "heads", "dormant", "knowledge", "notes");
    this.publish = scripts.load("publish", leaving);
    this.complete = scripts.load("complete", "group", "queue", "notes");
    this.sweep = scripts.load("sweep", leaving);
    this.cancel = scripts.load("cancel", leaving);
    this.begin = scripts.load("begin", "group", "queue", "heads", "dormant");
    this.note = scripts.load("note", "group", "queue", "notes");
    this.status = scripts.load("status", "group", "queue", "notes");
    this.list = scripts.load("list", "group", "queue", "notes");
    this.usage = scripts.load("usage", "group");
  }
}
