package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.sync.Enqueue;
import org.purgatory.sync.sync.SyncEngine;

/** The relays: they hand in, trigger and push, and ask again until they have an answer. */
final class Relay {

  private static final long PATIENCE = 10_000_000;
  private static final long PAUSE = 1_000_000;

  private final World world;

  Relay(World world) {
    this.world = world;
  }

  void handIn(Action.HandIn action) {
    Enqueue request =
        new Enqueue(action.pending(), action.known(), action.delay(), action.readmit());
    new Call(action, engine -> engine.enqueue(request)).ask();
  }

  void trigger(Action.Trigger action) {
    new Call(action, engine -> engine.trigger(action.identifier(), action.delay())).ask();
  }

  void cancel(Action.Cancel action) {
    List<EventId> ids = action.events().stream().map(GitEvent::id).toList();
    new Call(action, engine -> engine.cancel(ids)).ask();
  }

  void push(Action.Push action) {
    world.volume.push(action.identifier(), action.owner(), action.objects());
    trigger(new Action.Trigger(action.at(), action.identifier(), Duration.ZERO));
  }

  /** Something that a relay wants done. */
  private final class Call {
    private final Action action;
    private final Function<SyncEngine, CompletionStage<?>> what;
    private boolean answered;
    private int attempts;

    private Call(Action action, Function<SyncEngine, CompletionStage<?>> what) {
      this.action = action;
      this.what = what;
    }

    private void ask() {
      attempts++;
      List<Replica> up = world.replicas.stream().filter(Replica::isUp).toList();
      if (up.isEmpty()) {
        askAgainIn(PAUSE);
        return;
      }
      Replica replica = up.get(world.schedule.random().nextInt(up.size()));
      world.trace.note("relay", () -> action + " to " + replica.process());
      world.schedule.after(replica.process(), world.messageTakes(), () -> arrive(replica));
      askAgainIn(PATIENCE);
    }

    private void arrive(Replica replica) {
      int attempt = attempts;
      what.apply(replica.engine())
          .whenComplete(
              (answer, failure) ->
                  world.schedule.after(
                      Process.WORLD,
                      world.messageTakes(),
                      () -> {
                        answered |= failure == null;
                        if (attempt == attempts) {
                          askAgainIn(PAUSE);
                        }
                      }));
    }

    /** Unless there is an answer, or another attempt, by then. */
    private void askAgainIn(long wait) {
      int attempt = attempts;
      world.schedule.after(
          Process.WORLD,
          wait,
          () -> {
            if (!answered && attempt == attempts) {
              ask();
            }
          });
    }
  }
}
