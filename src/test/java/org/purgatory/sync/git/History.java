package org.purgatory.sync.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;

/**
 * What there is on the servers of scenarios.
 *
 * @param commits what states name; {@code whole.example} has it all
 * @param tag an annotated tag, at the same place
 * @param topics what pull requests name, at {@code fork.example}
 * @param lost what nobody has
 * @param byHost the servers' repositories
 */
record History(
    List<String> commits,
    String tag,
    List<String> topics,
    List<String> lost,
    Map<String, Repository> byHost)
    implements AutoCloseable {

  static History in(Path directory) throws Exception {
    GitWorkshop workshop = GitWorkshop.in(directory);
    BareRepository half = workshop.bare("half.git");
    List<String> commits = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      commits.add(half.write().commits("main", 2));
    }
    commits.add(half.write().commits("side", 2));
    BareRepository whole = workshop.cloneBare(half.path().toString(), "whole.git");
    commits.add(whole.write().merge("main", "side", "Merge"));
    commits.add(whole.write().commits("rewritten", 3));
    String tag = whole.write().tag("signed", commits.get(2), "Signed");
    BareRepository fork = workshop.cloneBare(whole.path().toString(), "fork.git");
    List<String> topics = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      topics.add(fork.write().commits("topic" + i, 1 + i));
    }
    return new History(
        commits,
        tag,
        topics,
        List.of("1".repeat(40), "2".repeat(40)),
        Map.of(
            "half.example", BareRepositories.open(half.path()),
            "whole.example", BareRepositories.open(whole.path()),
            "fork.example", BareRepositories.open(fork.path())));
  }

  @Override
  public void close() {
    byHost.values().forEach(Repository::close);
  }
}
