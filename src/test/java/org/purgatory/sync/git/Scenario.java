package org.purgatory.sync.git;

import static org.purgatory.sync.testkit.SampleEvents.read;
import static org.purgatory.sync.testkit.SampleEvents.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.purgatory.sync.nostr.Announcement;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.PullRequest;
import org.purgatory.sync.nostr.RepositoryState;

/**
 * Random families, states, pull requests and announcements of one identifier, in a random order.
 * Whom an owner names never changes, and whoever tracks nothing has never tracked anything: what
 * has to come out does not depend on the order then.
 */
final class Scenario {

  static final String IDENTIFIER = "a: b 🚀";

  private static final Duration[] DELAYS = {
    Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(40)
  };
  private static final Duration[] PAUSES = {
    Duration.ZERO, Duration.ofMillis(600), Duration.ofSeconds(30)
  };

  private final Random random;
  private final History history;
  private final List<Integer> ids;
  private final List<PublicKey> users;
  private final List<PublicKey> owners;
  private final List<List<PublicKey>> named;
  private final List<Step> steps = new ArrayList<>();

  private Scenario(long seed, History history) {
    this.random = new Random(seed);
    this.history = history;
    this.ids = new ArrayList<>(IntStream.rangeClosed(1, 999).boxed().toList());
    Collections.shuffle(ids, random);
    this.users = IntStream.rangeClosed(1, 6).mapToObj(i -> user(i)).toList();
    this.owners = users.subList(0, 2 + random.nextInt(3));
    this.named = owners.stream().map(owner -> some(users, random.nextInt(3))).toList();
  }

  /** The steps of a seed, always the same. */
  static List<Step> of(long seed, History history) {
    return new Scenario(seed, history).steps();
  }

  private List<Step> steps() {
    List<GitEvent> events = new ArrayList<>();
    for (int i = 0; i < owners.size(); i++) {
      for (int version = 0; version <= random.nextInt(2); version++) {
        events.add(announcement(i));
      }
    }
    for (PublicKey author : users.subList(0, 5)) {
      int states = random.nextInt(4);
      for (int i = 0; i < states; i++) {
        events.add(state(author));
      }
    }
    // Whoever tracks nothing.
    if (random.nextInt(3) == 0) {
      events.add(read(id(), time(), users.get(5), RepositoryState.KIND, List.of(d())));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      events.add(pullRequest());
    }
    Collections.shuffle(events, random);
    for (PublicKey owner : owners) {
      if (random.nextInt(6) > 0) {
        put(random.nextInt(3) > 0 ? 0 : steps.size(), new Step.Creation(owner));
      }
    }
    arrive(events);
    disturb();
    return steps;
  }

  private void arrive(List<GitEvent> events) {
    List<GitEvent> left = new ArrayList<>(events);
    while (!left.isEmpty()) {
      List<GitEvent> pending = new ArrayList<>();
      List<GitEvent> known = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0 && !left.isEmpty(); i--) {
        GitEvent event = left.remove(0);
        boolean served = event instanceof Announcement && random.nextInt(3) == 0;
        (served ? known : pending).add(event);
      }
      Step.Moment moment = oneOf(Step.Moment.values());
      steps.add(new Step.Arrival(pending, known, oneOf(DELAYS), moment, oneOf(PAUSES)));
    }
  }

  private void disturb() {
    List<GitEvent> all =
        steps.stream()
            .filter(Step.Arrival.class::isInstance)
            .flatMap(step -> ((Step.Arrival) step).pending().stream())
            .toList();
    for (int i = random.nextInt(5); i > 0; i--) {
      int at = random.nextInt(steps.size() + 1);
      switch (random.nextInt(6)) {
        case 0 -> put(at, new Step.Garbage(oneOf(owners)));
        case 1 -> put(at, new Step.Note(oneOf(owners)));
        case 2 -> put(at, new Step.Restart());
        case 3 -> put(at, replay(oneOf(all)));
        default -> {
          put(at, new Step.LetGo());
          put(random.nextInt(at + 1), new Step.Hold());
        }
      }
    }
  }

  private Step replay(GitEvent event) {
    return new Step.Arrival(
        List.of(event), List.of(), Duration.ZERO, Step.Moment.BETWEEN_RUNS, PAUSES[2]);
  }

  private void put(int at, Step step) {
    steps.add(at, step);
  }

  private GitEvent announcement(int owner) {
    List<String> maintainers = new ArrayList<>(List.of("maintainers"));
    named.get(owner).forEach(key -> maintainers.add(key.hex()));
    List<String> urls = new ArrayList<>(List.of("clone"));
    some(List.of("nobody", "half", "other"), random.nextInt(3))
        .forEach(host -> urls.add("https://" + host + ".example/r"));
    urls.add("https://whole.example/r");
    return read(
        id(), time(), owners.get(owner), Announcement.KIND, List.of(d(), maintainers, urls));
  }

  private GitEvent state(PublicKey author) {
    List<List<String>> tags = new ArrayList<>(List.of(d()));
    tags.add(List.of("refs/heads/main", oneOf(history.commits())));
    for (String name : some(List.of("heads/a", "heads/b/c", "tags/v1"), random.nextInt(4))) {
      tags.add(List.of("refs/" + name, oneOf(history.commits())));
    }
    if (random.nextInt(3) == 0) {
      tags.add(List.of("refs/tags/signed", history.tag()));
      tags.add(List.of("refs/tags/signed^{}", oneOf(history.commits())));
    }
    tags.add(List.of("HEAD", "ref: refs/heads/main"));
    return read(id(), time(), author, RepositoryState.KIND, tags);
  }

  private GitEvent pullRequest() {
    List<List<String>> tags = new ArrayList<>();
    for (PublicKey owner : some(users, 1 + random.nextInt(2))) {
      tags.add(List.of("a", "30617:" + owner.hex() + ":" + IDENTIFIER));
    }
    tags.add(List.of("c", oneOf(random.nextInt(4) == 0 ? history.lost() : history.topics())));
    tags.add(List.of("clone", "https://fork.example/r"));
    int kind = PullRequest.PATCH_KIND + random.nextInt(3);
    return read(id(), time(), oneOf(users), kind, tags);
  }

  private static List<String> d() {
    return List.of("d", IDENTIFIER);
  }

  private int id() {
    return ids.remove(0);
  }

  /** From few times, so that there are ties. */
  private long time() {
    return 1_700_000_000L + random.nextInt(5);
  }

  private <T> List<T> some(List<T> of, int count) {
    List<T> shuffled = new ArrayList<>(of);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(count, of.size()));
  }

  private <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  private <T> T oneOf(T... all) {
    return all[random.nextInt(all.length)];
  }
}
