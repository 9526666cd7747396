package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;

/** What all projects of a scenario draw from: event ids, and other people's servers. */
final class Stock {

  private static final int DOMAINS = 3;
  private static final List<Server.Mood> MOODS = List.of(Server.Mood.values());

  private final Chance chance;
  private final int domains;
  private final Map<CloneUrl, Set<Oid>> servers = new TreeMap<>();
  private int events;

  Stock(Chance chance) {
    this.chance = chance;
    this.domains = 1 + chance.below(DOMAINS);
  }

  /** A new event id, in no order. */
  int nextId() {
    return ++events * 40503 & 0xffff;
  }

  /** A new URL, on one of a few domains. */
  String newUrl() {
    String port = chance.in(4) ? ":8443" : "";
    String url = "https://d%d.example%s/%d".formatted(chance.below(domains), port, servers.size());
    servers.put(CloneUrl.parse(url), new TreeSet<>());
    return url;
  }

  /** Lets a server have objects. */
  void give(String url, List<Oid> objects) {
    servers.get(CloneUrl.parse(url)).addAll(objects);
  }

  List<Server> servers(boolean calm) {
    List<Server> all = new ArrayList<>();
    servers.forEach(
        (url, objects) ->
            all.add(
                new Server(
                    url,
                    new TreeSet<>(objects),
                    chance.in(2),
                    calm || chance.in(2) ? Server.Mood.WELL : chance.oneOf(MOODS))));
    return all;
  }

  List<Action> moodSwings(Duration active) {
    List<Action> actions = new ArrayList<>();
    for (CloneUrl url : servers.keySet()) {
      if (chance.in(3)) {
        actions.add(new Action.MoodSwing(chance.upTo(active), url, chance.oneOf(MOODS)));
      }
    }
    return actions;
  }
}
