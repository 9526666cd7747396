package org.purgatory.sync.testkit;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A bare repository on disk, made and read by C git. */
public final class BareRepository {

  private final Path path;
  private final Git git;

  BareRepository(Path path) {
    this.path = path;
    this.git = Git.in(path);
  }

  /** Opens a repository that exists. */
  public static BareRepository at(Path path) {
    BareRepository repository = new BareRepository(path);
    repository.git.run("rev-parse", "--git-dir");
    return repository;
  }

  /** The repository's directory. */
  public Path path() {
    return path;
  }

  /** C git in the repository, for whatever this class has no word for. */
  public Git git() {
    return git;
  }

  /** Makes histories in the repository. */
  public HistoryWriter write() {
    return new HistoryWriter(git);
  }

  /**
   * All refs with the objects that they name (a tag object for an annotated tag), HEAD left out.
   */
  public SortedMap<String, String> refs() {
    SortedMap<String, String> refs = new TreeMap<>();
    git.run("for-each-ref", "--format=%(objectname) %(refname)")
        .lines()
        .forEach(line -> refs.put(line.substring(line.indexOf(' ') + 1), line.split(" ")[0]));
    return refs;
  }

  /** The ref that HEAD points at, whether that exists or not. */
  public String head() {
    return git.run("symbolic-ref", "HEAD");
  }

  /** Points HEAD at a ref. */
  public void pointHeadAt(String ref) {
    git.run("symbolic-ref", "HEAD", ref);
  }

  /** Points a ref at an object, whatever it pointed at before. */
  public void updateRef(String ref, String oid) {
    git.run("update-ref", ref, oid);
  }

  /** Deletes a ref. Its objects stay until {@link #prune}. */
  public void deleteRef(String ref) {
    git.run("update-ref", "-d", ref);
  }

  /** Whether the object itself is here. */
  public boolean has(String oid) {
    return git.attempt("cat-file", "-e", oid).ok();
  }

  /** Whether the object is here with everything reachable from it, however it came here. */
  public boolean hasHistoryOf(String oid) {
    return git.attempt("rev-list", "--objects", "--quiet", oid).ok();
  }

  /** Pushes refs to another repository, as a user of the relay does. */
  public void push(BareRepository target, String... refspecs) {
    Stream<String> push = Stream.of("push", "--quiet", target.path.toString());
    git.run(Stream.concat(push, Stream.of(refspecs)).toArray(String[]::new));
  }

  /** Copies objects with everything reachable from them, and no ref. */
  public void copyHistory(BareRepository target, String... oids) {
    copy(target, oids, "pack-objects", "--revs", "--stdout", "--quiet");
  }

  /** Copies only these objects: what they need is missing in the target unless it was there. */
  public void copyObjects(BareRepository target, String... oids) {
    copy(target, oids, "pack-objects", "--stdout", "--quiet");
  }

  private void copy(BareRepository target, String[] oids, String... packObjects) {
    byte[] list = (String.join("\n", oids) + "\n").getBytes(StandardCharsets.UTF_8);
    target.git.run(git.run(list, packObjects).bytes(), "unpack-objects", "-q");
  }

  /** Checks every object and every link with {@code git fsck --full --strict}. */
  public GitResult fsck() {
    return git.attempt("fsck", "--full", "--strict");
  }

  /** Packs what refs reach and throws everything else away. */
  public void prune() {
    git.run("-c", "gc.reflogExpire=now", "gc", "--quiet", "--prune=now");
  }

  /**
   * Whether upload-pack serves objects that no ref advertises to clients of protocol v0; with v2 it
   * does so always.
   */
  public void allowAnyObjectToBeWanted(boolean allowed) {
    git.run("config", "uploadpack.allowAnySHA1InWant", Boolean.toString(allowed));
  }
}
