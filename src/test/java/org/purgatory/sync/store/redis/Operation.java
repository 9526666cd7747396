package org.purgatory.sync.store.redis;

import static org.purgatory.sync.store.redis.Subject.done;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.EventId;
import org.purgatory.sync.nostr.GitEvent;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.RefName;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claims;
import org.purgatory.sync.sync.NextRun;
import org.purgatory.sync.sync.Published;
import org.purgatory.sync.sync.RefChange;
import org.purgatory.sync.sync.Release;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.StatusQuery;
import org.purgatory.sync.sync.StoredResult;
import org.purgatory.sync.sync.SyncOutcome;
import org.purgatory.sync.testkit.SampleEvents;

/**
 * Something that is done to both stores. It names claims and positions by how long ago they were
 * given out, so that a sequence still makes sense when some of it is left out.
 */
sealed interface Operation {

  /** Does it, and tells what came of it in words that are the same for every store. */
  String apply(Subject subject);

  /** Time passes. The test lets it pass for both stores at once. */
  record Pass(Duration time) implements Operation {
    @Override
    public String apply(Subject subject) {
      return "";
    }
  }

  /** Events by their numbers among {@link SampleStock}. */
  record Enqueue(List<Integer> pending, List<Integer> known, Duration delay, boolean readmit)
      implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.enqueue(
              new org.purgatory.sync.sync.Enqueue(
                  SampleStock.events(pending), SampleStock.events(known), delay, readmit)))
          .toString();
    }
  }

  record Trigger(RepositoryIdentifier identifier, Duration delay) implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.trigger(identifier, delay)).toString();
    }
  }

  record ClaimDue(int most) implements Operation {
    @Override
    public String apply(Subject subject) {
      Claims claims = done(subject.store.claimDue(most));
      List<String> lines = new ArrayList<>();
      claims.claimed().forEach(one -> lines.add(subject.claimed(one.claim()) + " " + one.work()));
      return lines + " " + claims.untilNext();
    }
  }

  record Renew(List<Integer> claimsAgo) implements Operation {
    @Override
    public String apply(Subject subject) {
      List<Claim> claims = claimsAgo.stream().map(subject::claim).distinct().toList();
      return done(subject.store.renew(claims)).stream().map(subject::name).toList().toString();
    }
  }

  record Load(int claimAgo, int note) implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.load(subject.claim(claimAgo), SampleNotes.note(note))).toString();
    }
  }

  record Note(int claimAgo, int note) implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.note(subject.claim(claimAgo), SampleNotes.note(note))).toString();
    }
  }

  /** Every event of the identifier whose bit is set in the choice. */
  record Begin(int claimAgo, int choice) implements Operation {
    @Override
    public String apply(Subject subject) {
      Claim claim = subject.claim(claimAgo);
      return done(subject.store.begin(claim, SampleStock.choice(claim.identifier(), choice)))
          .map(begun -> begun.events().stream().sorted().toList() + " " + begun.heldFor())
          .toString();
    }
  }

  /** Events by their numbers among {@link SampleStock}. */
  record Cancel(List<Integer> events) implements Operation {
    @Override
    public String apply(Subject subject) {
      List<EventId> ids = SampleStock.events(events).stream().map(GitEvent::id).toList();
      return done(subject.store.cancel(ids)).toString();
    }
  }

  record Status(RepositoryIdentifier identifier) implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.status(identifier)).toString();
    }
  }

  record ListPage(StatusQuery query) implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.list(query)).toString();
    }
  }

  /** Every event of the identifier whose bit is set in the choice. */
  record Publish(int claimAgo, SyncOutcome outcome, int choice, boolean changes)
      implements Operation {

    private static final RepositoryChange CHANGE =
        new RepositoryChange(
            "npub/i \"0\".git",
            List.of(
                new RefChange(new RefName("refs/heads/a"), Optional.empty(), Optional.of(oid(1))),
                new RefChange(new RefName("refs/heads/é"), Optional.of(oid(2)), Optional.empty())),
            Optional.of(new RefName("refs/heads/a")));
    private static final RepositoryChange EMPTY =
        new RepositoryChange("b", List.of(), Optional.empty());

    private static Oid oid(int number) {
      return SampleEvents.oid(number);
    }

    @Override
    public String apply(Subject subject) {
      Claim claim = subject.claim(claimAgo);
      List<EventId> events = SampleStock.choice(claim.identifier(), choice);
      Release release =
          new Release(
              outcome,
              events,
              changes ? List.of(CHANGE, EMPTY) : List.of(),
              changes ? List.of(CloneUrl.parse("https://a.example/r")) : List.of(),
              outcome == SyncOutcome.SATISFIED || events.isEmpty()
                  ? Map.of()
                  : Map.of(events.get(0), "for \"this\" reason: é"));
      Published published = done(subject.store.publish(claim, release));
      return published.released().stream().sorted().toList() + " " + published.runEnded();
    }
  }

  record Complete(int claimAgo, int note) implements Operation {
    @Override
    public String apply(Subject subject) {
      Claim claim = subject.claim(claimAgo);
      Optional<NextRun> next = done(subject.store.complete(claim, SampleNotes.note(note)));
      return next.toString();
    }
  }

  record Sweep() implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.sweep()) + " expired";
    }
  }

  record Usage() implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.store.usage()).toString();
    }
  }

  record Bounds() implements Operation {
    @Override
    public String apply(Subject subject) {
      ResultLog.Bounds bounds = done(subject.log.bounds());
      subject.seen(bounds.oldest());
      subject.seen(bounds.newest());
      return bounds.toString();
    }
  }

  record Read(Place after, int most) implements Operation {
    @Override
    public String apply(Subject subject) {
      ResultLog.Read read = done(subject.log.read(after.of(subject), most));
      if (read instanceof ResultLog.Page page) {
        page.results().stream().map(StoredResult::position).forEach(subject::seen);
      }
      return read.toString();
    }
  }

  record Acknowledge(String consumer, Place place) implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.log.acknowledge(consumer, place.of(subject))).toString();
    }
  }

  record Acknowledged(String consumer) implements Operation {
    @Override
    public String apply(Subject subject) {
      return done(subject.log.acknowledged(consumer)).toString();
    }
  }

  /** A position that was seen, or one beside it. */
  record Place(int ago, Shift shift) {

    enum Shift {
      NONE,
      NEXT,
      FAR_AHEAD,
      VERY_FAR_AHEAD,
      MANY_DIGITS,
      FIRST
    }

    ResultPosition of(Subject subject) {
      ResultPosition seen = subject.position(ago);
      return switch (shift) {
        case NONE -> seen;
        case NEXT -> seen.next(0);
        case FAR_AHEAD -> seen.next(seen.millis() + 1_000_000);
        case VERY_FAR_AHEAD -> new ResultPosition(999_999_999_999_999_999L, 0);
        case MANY_DIGITS -> new ResultPosition(seen.millis(), 99_999_999_999_999_990L + ago);
        case FIRST -> new ResultPosition(0, 0);
      };
    }
  }
}
