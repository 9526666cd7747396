package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Families and maintainers of random announcements, against naive matrices of who reaches whom. */
class FamiliesPropertyTest {

  private static final int KEYS = 9;

  @Test
  void agreesWithNaiveReachability() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      BitSet owners = new BitSet();
      boolean[][] names = new boolean[KEYS][KEYS];
      List<Announcement> announcements = randomAnnouncements(random, owners, names);
      Collections.shuffle(announcements, random);
      List<Family> families = Families.of(announcements);

      boolean[][] connected = closed(symmetric(names));
      boolean[][] maintains = closed(names);
      for (int one = 0; one < KEYS; one++) {
        for (int other = 0; other < KEYS; other++) {
          agree(seed, families, owners, one, other, connected[one][other], maintains[one][other]);
        }
      }
    }
  }

  private static void agree(
      long seed,
      List<Family> families,
      BitSet owners,
      int one,
      int other,
      boolean connected,
      boolean maintains) {
    if (owners.get(one) && owners.get(other)) {
      assertThat(family(families, one).equals(family(families, other)))
          .as("seed %d: %d and %d are one family", seed, one, other)
          .isEqualTo(connected);
    }
    if (owners.get(one)) {
      assertThat(family(families, one).maintainersOf(key(one)).contains(key(other)))
          .as("seed %d: %d is maintained by %d", seed, one, other)
          .isEqualTo(maintains);
    }
  }

  private static List<Announcement> randomAnnouncements(
      Random random, BitSet owners, boolean[][] names) {
    List<Announcement> announcements = new ArrayList<>();
    for (int owner = 0; owner < KEYS; owner++) {
      if (random.nextInt(3) > 0) {
        owners.set(owner);
        Set<PublicKey> maintainers = new HashSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          int named = random.nextInt(KEYS);
          if (named != owner) {
            names[owner][named] = true;
            maintainers.add(key(named));
          }
        }
        announcements.add(announcement(owner, 2, maintainers));
        // One that has been replaced, which must count for nothing.
        announcements.add(announcement(owner, 1, Set.of(key(random.nextInt(KEYS)))));
      }
    }
    return announcements;
  }

  private static boolean[][] symmetric(boolean[][] relation) {
    boolean[][] both = new boolean[KEYS][KEYS];
    for (int i = 0; i < KEYS; i++) {
      for (int j = 0; j < KEYS; j++) {
        both[i][j] = relation[i][j] || relation[j][i];
      }
    }
    return both;
  }

  /** The reflexive and transitive closure, by Warshall. */
  private static boolean[][] closed(boolean[][] relation) {
    boolean[][] closure = new boolean[KEYS][];
    for (int i = 0; i < KEYS; i++) {
      closure[i] = relation[i].clone();
      closure[i][i] = true;
    }
    for (int k = 0; k < KEYS; k++) {
      for (int i = 0; i < KEYS; i++) {
        for (int j = 0; j < KEYS; j++) {
          closure[i][j] |= closure[i][k] && closure[k][j];
        }
      }
    }
    return closure;
  }

  private static Family family(List<Family> families, int owner) {
    return families.stream().filter(f -> f.owners().contains(key(owner))).findFirst().orElseThrow();
  }

  private static PublicKey key(int number) {
    return new PublicKey("%064x".formatted(number + 1));
  }

  private static Announcement announcement(int owner, long createdAt, Set<PublicKey> maintainers) {
    NostrEvent event =
        new NostrEvent(
            new EventId("%064x".formatted(owner * 10L + createdAt)),
            key(owner),
            createdAt,
            Announcement.KIND,
            List.of(),
            "",
            "");
    return new Announcement(
        event, new RepositoryIdentifier("repo"), maintainers, List.of(), List.of());
  }
}
