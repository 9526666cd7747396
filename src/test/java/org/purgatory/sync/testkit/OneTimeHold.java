package org.purgatory.sync.testkit;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Holds the next request of a sort, and only that one. */
final class OneTimeHold implements Behaviour {

  private final Predicate<Visit> sort;
  private final AtomicReference<Behaviour> next = new AtomicReference<>(NORMAL);

  OneTimeHold(Predicate<Visit> sort) {
    this.sort = sort;
  }

  Hold arm() {
    Hold hold = new Hold();
    next.set(hold);
    return hold;
  }

  @Override
  public boolean settles(Visit visit) throws IOException, InterruptedException {
    return sort.test(visit) && next.getAndSet(NORMAL).settles(visit);
  }
}
