package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** The seed's choices while a scenario is made. */
record Chance(RandomGenerator random) {

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** One time in so many. */
  boolean in(int times) {
    return random.nextInt(times) == 0;
  }

  int oneOf(int... numbers) {
    return numbers[random.nextInt(numbers.length)];
  }

  <T> T oneOf(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** Any time up to one. */
  Duration upTo(Duration most) {
    return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
  }
}
