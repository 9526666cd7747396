package org.purgatory.sync.store.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.ResultLog;
import org.purgatory.sync.sync.ResultPosition;
import org.purgatory.sync.sync.SyncStore;

/** A store under comparison, with what it has given out so far. */
final class Subject {

  final SyncStore store;
  final ResultLog log;
  private final List<Claim> claims = new ArrayList<>();
  private final List<ResultPosition> positions = new ArrayList<>();

  Subject(SyncStore store, ResultLog log) {
    this.store = store;
    this.log = log;
    seen(done(log.bounds()).newest());
  }

  static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  /** Names a new claim by its number. */
  String claimed(Claim claim) {
    claims.add(claim);
    return name(claim);
  }

  String name(Claim claim) {
    return claim.identifier() + nameOf(claim.fencingToken());
  }

  String nameOf(long token) {
    for (int i = 0; i < claims.size(); i++) {
      if (claims.get(i).fencingToken() == token) {
        return "#" + i;
      }
    }
    return "#unknown";
  }

  /** One of the claims, counted from the last one; one that never was if there are too few. */
  Claim claim(int ago) {
    int place = claims.size() - 1 - ago;
    return place >= 0 ? claims.get(place) : new Claim(new RepositoryIdentifier("i0"), 0);
  }

  void seen(ResultPosition position) {
    positions.add(position);
  }

  /** A position that was seen, counted from the last one; the first of all if there are too few. */
  ResultPosition position(int ago) {
    return positions.get(Math.max(0, positions.size() - 1 - ago));
  }

  static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("none");
  }
}
