package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.Claim;
import org.purgatory.sync.sync.Claimed;
import org.purgatory.sync.sync.Claims;

/** Claims what is due (claim.lua), in pieces, so that very much does not hold Redis for long. */
final class Claiming {

  private static final int CLAIMS_AT_ONCE = 100;
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final Function<List<String>, CompletionStage<Response>> script;
  private final Duration lease;
  private final StoredWork work;

  /** Prepares to run the script with arguments. */
  Claiming(
      Function<List<String>, CompletionStage<Response>> script, Duration lease, StoredWork work) {
    this.script = script;
    this.lease = lease;
    this.work = work;
  }

  CompletionStage<Claims> claimDue(int most) {
    int now = Math.min(most, CLAIMS_AT_ONCE);
    return script
        .apply(List.of(String.valueOf(now), Micros.of(lease), String.valueOf(BYTES_AT_ONCE)))
        .thenApply(this::claims)
        .thenCompose(claims -> claimMore(claims, most - claims.claimed().size()));
  }

  /** Goes on if the answer was only cut short. */
  private CompletionStage<Claims> claimMore(Claims first, int more) {
    boolean cutShort = more > 0 && first.untilNext().filter(Duration::isZero).isPresent();
    return cutShort
        // What was claimed is held, whether or not there is more to be had.
        ? claimDue(more).thenApply(rest -> join(first, rest)).exceptionally(failure -> first)
        : completedFuture(first);
  }

  private static Claims join(Claims first, Claims rest) {
    List<Claimed> all = new ArrayList<>(first.claimed());
    all.addAll(rest.claimed());
    return new Claims(all, rest.untilNext());
  }

  private Claims claims(Response answer) {
    List<Claimed> claimed = new ArrayList<>();
    for (int i = 1; i < answer.size(); i++) {
      Response one = answer.get(i);
      RepositoryIdentifier identifier = new RepositoryIdentifier(one.get(0).toString());
      Claim claim = new Claim(identifier, one.get(1).toLong());
      claimed.add(new Claimed(claim, work.read(one.get(2), one.get(3), one.get(4))));
    }
    return new Claims(claimed, Answers.duration(answer.get(0)));
  }
}
