package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/** The closed set of what may come of a fetch. */
class FetchResultTest {

  private static final Oid OID = new Oid("1".repeat(40));
  private static final FetchResult FETCHED = new FetchResult.Fetched(Set.of(OID), 1);
  private static final FetchResult MISSING = new FetchResult.ObjectMissing(Set.of(OID));

  @Test
  void eachHasAWordOfItsOwn() {
    assertThat(all().map(FetchResult::label))
        .doesNotHaveDuplicates()
        .allMatch(word -> word.matches("[a-z]+(_[a-z]+)*"))
        .contains("fetched", "object_missing", "bad_objects");
  }

  @Test
  void aRunAsksAgainOnlyWhereSomeObjectsWereLacking() {
    Oid other = new Oid("2".repeat(40));
    FetchRequest request =
        new FetchRequest(
            new FamilyRepositories(
                new RepositoryIdentifier("x"),
                new TreeSet<>(Set.of(new PublicKey("a".repeat(64))))),
            CloneUrl.parse("https://a.example/x"),
            new TreeSet<>(Set.of(OID, other)));

    assertThat(all())
        .allSatisfy(
            result -> {
              TriedUrls tried = new TriedUrls();
              tried.record(request, result);
              assertThat(tried.untried(List.of(request)))
                  .as(result.label())
                  .hasSize(result == MISSING ? 1 : 0);
            });
  }

  private static Stream<FetchResult> all() {
    return Stream.concat(
        Stream.of(FETCHED, MISSING),
        Stream.of(FetchFailure.values()).map(failure -> new FetchResult.Failed(failure, "why")));
  }
}
