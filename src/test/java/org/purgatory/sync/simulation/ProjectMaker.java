package org.purgatory.sync.simulation;

import static org.purgatory.sync.testkit.SampleEvents.announcement;
import static org.purgatory.sync.testkit.SampleEvents.oid;
import static org.purgatory.sync.testkit.SampleEvents.pullRequest;
import static org.purgatory.sync.testkit.SampleEvents.repo;
import static org.purgatory.sync.testkit.SampleEvents.state;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;

/** Makes one identifier with its owners, events and objects, and what relays do with them. */
final class ProjectMaker {

  private static final int OBJECTS = 5;
  private static final int[] DELAYS = {0, 0, 500, 500, 2000, 15_000};

  private final Chance chance;
  private final Stock stock;
  private final int number;
  private final String name;
  private final Duration active;
  private final Duration expiry;
  private final List<PublicKey> owners = new ArrayList<>();
  private final List<PublicKey> authors = new ArrayList<>();
  private final List<Oid> objects = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private final List<GitEvent> announcements = new ArrayList<>();
  private final List<GitEvent> events = new ArrayList<>();
  private final List<GitEvent> spares = new ArrayList<>();
  private final SortedMap<PublicKey, Set<PublicKey>> maintainers = new TreeMap<>();
  private final SortedMap<PublicKey, Boolean> hosted = new TreeMap<>();

  ProjectMaker(Chance chance, Stock stock, int number, Duration active, Duration expiry) {
    this.chance = chance;
    this.stock = stock;
    this.number = number;
    this.name = "r" + number;
    this.active = active;
    this.expiry = expiry;
    makePeople();
    makeAnnouncements();
    makeEvents();
    fillServers();
  }

  Project project() {
    return new Project(repo(name), maintainers, hosted);
  }

  List<GitEvent> spares() {
    return spares;
  }

  private void makePeople() {
    int count = chance.in(2) ? 1 : 1 + chance.below(3);
    for (int i = 0; i < count; i++) {
      owners.add(user(10 * number + 1 + i));
    }
    authors.addAll(owners);
    authors.add(user(10 * number + 8));
    for (PublicKey owner : owners) {
      Set<PublicKey> named = new TreeSet<>();
      for (PublicKey other : authors) {
        if (!other.equals(owner) && chance.in(2)) {
          named.add(other);
        }
      }
      maintainers.put(owner, named);
      if (!chance.in(6)) {
        hosted.put(owner, chance.in(5));
      }
    }
    for (int i = 0; i < OBJECTS; i++) {
      objects.add(oid(100 * number + 1 + i));
    }
  }

  private void makeAnnouncements() {
    for (PublicKey owner : owners) {
      List<String> own = new ArrayList<>();
      for (int i = chance.below(4); i > 0; i--) {
        own.add(stock.newUrl());
      }
      urls.addAll(own);
      announcements.add(
          announcement(
              stock.nextId(), owner, name, maintainers.get(owner), own.toArray(String[]::new)));
    }
  }

  private void makeEvents() {
    events.add(newState());
    for (int i = chance.below(4); i > 0; i--) {
      (chance.in(3) ? spares : events).add(newState());
    }
    for (int i = chance.below(3); i > 0; i--) {
      (chance.in(3) ? spares : events).add(newPullRequest());
    }
  }

  private GitEvent newState() {
    Oid[] branches = new Oid[chance.in(8) ? 0 : 1 + chance.below(3)];
    for (int i = 0; i < branches.length; i++) {
      branches[i] = chance.oneOf(objects);
    }
    return state(stock.nextId(), 1 + chance.below(4), chance.oneOf(authors), name, branches);
  }

  private GitEvent newPullRequest() {
    List<String> own = new ArrayList<>();
    if (chance.in(2)) {
      own.add(stock.newUrl());
    }
    urls.addAll(own);
    return pullRequest(
        stock.nextId(),
        user(10 * number + 9),
        chance.oneOf(owners),
        name,
        chance.oneOf(objects),
        own.toArray(String[]::new));
  }

  private void fillServers() {
    for (String url : urls) {
      stock.give(url, objects.stream().filter(oid -> !chance.in(3)).toList());
    }
  }

  /** What relays do. */
  List<Action> actions() {
    List<Action> actions = new ArrayList<>();
    List<GitEvent> known = new ArrayList<>();
    for (GitEvent announcement : announcements) {
      if (chance.in(3)) {
        events.add(chance.below(events.size() + 1), announcement);
      } else {
        known.add(announcement);
      }
    }
    Duration at = chance.upTo(active.dividedBy(2));
    Duration delay = Duration.ofMillis(chance.oneOf(DELAYS));
    int first = 1 + chance.below(events.size());
    Action handIn =
        new Action.HandIn(at, List.copyOf(events.subList(0, first)), known, delay, false);
    actions.add(handIn);
    if (chance.in(4)) {
      // Two relays, or one that was impatient: two replicas take it in at the same time.
      actions.add(handIn);
    }
    for (GitEvent later : events.subList(first, events.size())) {
      actions.add(handIn(chance.in(2) ? shortlyAfter(at) : chance.upTo(active), later));
    }
    for (int i = chance.below(3); i > 0; i--) {
      actions.add(again(at));
    }
    if (expiry.compareTo(ScenarioMaker.LONGEST) < 0) {
      actions.addAll(aroundExpiry(at.plus(delay)));
    }
    return actions;
  }

  /** Objects that come at the last moment, and events that come again when they have expired. */
  private List<Action> aroundExpiry(Duration entered) {
    List<Action> actions = new ArrayList<>();
    Duration about = entered.plus(expiry);
    if (chance.in(2)) {
      Duration at = about.plus(chance.upTo(Duration.ofSeconds(20))).minusSeconds(5);
      actions.add(new Action.Push(at, repo(name), chance.oneOf(owners), new TreeSet<>(objects)));
    }
    for (int i = chance.below(3); i > 0; i--) {
      actions.add(handIn(about.plus(chance.upTo(Duration.ofMinutes(2))), chance.oneOf(events)));
    }
    return actions;
  }

  private Action again(Duration first) {
    Duration at = chance.in(2) ? shortlyAfter(first) : chance.upTo(active);
    return switch (chance.below(6)) {
      case 0 -> new Action.Cancel(at, List.of(chance.oneOf(events)));
      case 1 -> handIn(at, chance.oneOf(events));
      case 4 -> handIn(at, chance.oneOf(events));
      case 2 -> new Action.Trigger(at, repo(name), Duration.ofMillis(chance.oneOf(DELAYS)));
      case 3 ->
          new Action.Push(at, repo(name), chance.oneOf(owners), Set.of(chance.oneOf(objects)));
      default ->
          urls.isEmpty()
              ? handIn(at, chance.oneOf(events))
              : new Action.Gain(
                  at, CloneUrl.parse(chance.oneOf(urls)), Set.of(chance.oneOf(objects)));
    };
  }

  private Action handIn(Duration at, GitEvent event) {
    return new Action.HandIn(
        at, List.of(event), List.of(), Duration.ofMillis(chance.oneOf(DELAYS)), chance.in(4));
  }

  private Duration shortlyAfter(Duration at) {
    return at.plus(chance.upTo(Duration.ofSeconds(3)));
  }
}
