package org.purgatory.sync.testkit;

import java.util.Map;
import java.util.Random;

/**
 * Makes commits and tags in a bare repository. Same calls, same object ids: a commit's date is a
 * fixed instant plus a minute for each commit that its branch already has.
 */
public final class HistoryWriter {

  /** 2024-01-01T00:00:00Z. */
  private static final long FIRST_SECOND = 1_704_067_200;

  private static final int SECONDS_APART = 60;

  private static final int DIRECTORIES = 10;
  private static final int FILES = 100;

  /** What is kept in memory at once for {@code git fast-import}, in bytes. */
  private static final int MOST_IMPORTED = 1 << 26;

  private final Git git;

  HistoryWriter(Git git) {
    this.git = git;
  }

  /**
   * Adds a commit to a branch, which is made if it does not exist.
   *
   * @param files paths and contents to add to what the branch holds
   * @return the commit's id
   */
  public String commit(String branch, String message, Map<String, String> files) {
    return apply(startCommit(branch, message).files(files));
  }

  /** Adds a commit with one file named after the branch, holding the message. */
  public String commit(String branch, String message) {
    return commit(branch, message, Map.of(branch + ".txt", message + "\n"));
  }

  /** Adds many commits in one go, each changing one file, and answers the last one's id. */
  public String commits(String branch, int count) {
    FastImport input = startCommit(branch, "Commit 1 of " + count).files(numbered(branch, 1));
    long second = nextSecond(ref(branch));
    for (int i = 2; i <= count; i++) {
      second += SECONDS_APART;
      input.commit(ref(branch), second, "Commit " + i + " of " + count).files(numbered(branch, i));
    }
    return apply(input);
  }

  /**
   * Adds commits that each change one file of a few to bytes which no packing makes fewer, and
   * answers the last one's id.
   *
   * @param bytesEach how large the files are
   */
  public String incompressible(String branch, int count, int bytesEach) {
    Random random = new Random(count);
    String last = "";
    int perImport = Math.max(1, MOST_IMPORTED / bytesEach);
    for (int first = 1; first <= count; first += perImport) {
      FastImport input = new FastImport();
      long second = nextSecond(ref(branch));
      for (int i = first; i < Math.min(first + perImport, count + 1); i++) {
        byte[] content = new byte[bytesEach];
        random.nextBytes(content);
        String path = i % DIRECTORIES + "/" + i % FILES;
        input.commit(ref(branch), second, "Commit " + i + " of " + count);
        if (i == first && exists(ref(branch))) {
          input.from(ref(branch) + "^0");
        }
        input.file(path, content);
        second += SECONDS_APART;
      }
      last = apply(input);
    }
    return last;
  }

  /** Merges another branch as {@code git merge -s ours} does: the history of both, one's files. */
  public String merge(String branch, String other, String message) {
    return apply(startCommit(branch, message).merge(ref(other) + "^0"));
  }

  /** Makes an annotated tag of an object and answers the tag object's id. */
  public String tag(String name, String target, String message) {
    FastImport input = new FastImport().tag(name, target, FIRST_SECOND, message);
    git.run(input.toBytes(), "fast-import", "--quiet");
    return git.run("rev-parse", "refs/tags/" + name);
  }

  private FastImport startCommit(String branch, String message) {
    String ref = ref(branch);
    FastImport input = new FastImport().commit(ref, nextSecond(ref), message);
    return exists(ref) ? input.from(ref + "^0") : input;
  }

  private String apply(FastImport input) {
    return git.run(input.printLast().toBytes(), "fast-import", "--quiet").stdout();
  }

  private long nextSecond(String ref) {
    long commits = exists(ref) ? Long.parseLong(git.run("rev-list", "--count", ref)) : 0;
    return FIRST_SECOND + SECONDS_APART * commits;
  }

  private boolean exists(String ref) {
    return git.attempt("show-ref", "--verify", "--quiet", ref).ok();
  }

  private static Map<String, String> numbered(String branch, int number) {
    return Map.of(branch + ".txt", "Line " + number + "\n");
  }

  private static String ref(String branch) {
    return "refs/heads/" + branch;
  }
}
