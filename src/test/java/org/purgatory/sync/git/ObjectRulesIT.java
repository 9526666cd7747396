package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purgatory.sync.git.Fixture.ALICE;
import static org.purgatory.sync.git.Specimens.directory;
import static org.purgatory.sync.git.Specimens.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purgatory.sync.git.Specimens.Specimen;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.FetchResult.Failed;
import org.purgatory.sync.sync.FetchResult.Fetched;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitHttpServer;
import org.purgatory.sync.testkit.GitWorkshop;

/** What objects may be like: C git serves them all, and its fsck says which are dangerous. */
class ObjectRulesIT {

  private static final String AUTHOR = "author A <a@b> 1 +0000\n";
  private static final String COMMITTER = "committer A <a@b> 1 +0000\n";

  @TempDir static Path volume;
  @TempDir static Path elsewhere;

  private static Fixture fixture;
  private static GitHttpServer server;
  private static String complaints;

  @BeforeAll
  static void start() throws IOException {
    fixture = new Fixture(volume, "project");
    fixture.host(ALICE);
    BareRepository theirs = GitWorkshop.in(elsewhere).bare("theirs.git");
    theirs.git().run(dangerous().pack(), "unpack-objects", "-q");
    theirs.git().run(merelyOld().pack(), "unpack-objects", "-q");
    complaints = theirs.fsck().output();
    server = GitHttpServer.serving(elsewhere);
  }

  @AfterAll
  static void stop() {
    server.close();
    fixture.close();
  }

  @ParameterizedTest
  @MethodSource("dangerousOnes")
  void whatCGitsFsckCallsAnErrorIsRefused(Specimen specimen) throws Exception {
    assertThat(complaints).as("of C git").contains(specimen.culprit());

    Failed failed = (Failed) fetch(specimen);

    assertThat(failed.failure()).as(failed.detail()).isEqualTo(FetchFailure.BAD_OBJECTS);
    assertThat(fixture.attempts()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("oldOnes")
  void whatRealHistoriesHaveIsTaken(Specimen specimen) throws Exception {
    assertThat(fetch(specimen)).isInstanceOf(Fetched.class);
  }

  private FetchResult fetch(Specimen specimen) throws Exception {
    return fixture.fetch(server.url("theirs.git"), fixture.family(ALICE), specimen.wanted());
  }

  static List<Specimen> dangerousOnes() {
    return dangerous().all();
  }

  static List<Specimen> oldOnes() {
    return merelyOld().all();
  }

  private static Specimens dangerous() {
    return new Specimens()
        .file(".git")
        .file(".GiT")
        .file(".git ")
        .file(".git.")
        .file(".git. . .")
        .file("git~1")
        .file("GIT~1")
        .file("git~1. ")
        .file(".git::$INDEX_ALLOCATION")
        .file(".git:stream")
        .file(".git\\config")
        .file("directory\\.git")
        .file("directory\\git~1\\hooks")
        .file(".g\u200cit")
        .file(".gi\u200dT")
        .file("\ufeff.git")
        .file(".\u202agi\u206at")
        .file(".")
        .file("..")
        .file("directory/file")
        .tree("two of one name", file("100644", "a"), file("100644", "a"))
        .tree("a file and a directory of one name", file("100644", "a"), directory("a"))
        .tree("entries out of order", file("100644", "b"), file("100644", "a"))
        .tree("modules behind a link", file("120000", ".gitmodules"))
        .modules("[submodule \"x\"]\nurl = -u./payload\n")
        .modules("[submodule \"x\"]\n\turl = \"-u./payload\"\n")
        .modules("[submodule \"x\"] url = -u./payload")
        .modules("[submodule \"x\"]\nurl = \\\n-u./payload\n")
        .modules("# comment \\\n[submodule \"x\"]\nurl = -u./payload\n")
        .modules("[submodule \"x\"]\nurl = -u./payload\nurl = https://example.org/x\n")
        .modules("[SUBMODULE \"x\"]\nURL = -u./payload\n")
        .modules("[submodule \"x\"]\nurl = -u./payload\nthis is no configuration\n")
        .modules("[submodule \"x\"]\nurl = ./%0ahost=evil.example/x\n")
        .modules("[submodule \"x\"]\npath = -x\n")
        .modules("[submodule \"x\"]\nupdate = !touch pwned\n")
        .modules("[submodule \"..\"]\nurl = x\n")
        .modules("[submodule \"../hooks\"]\nurl = x\n")
        .modules("[submodule \"a/../../hooks\"]\nurl = x\n")
        .modules("[submodule \"a\\\\..\\\\x\"]\nurl = x\n")
        .modules("[submodule \"\"]\nurl = x\n")
        .modules(".GITMODULES", "[submodule \"x\"]\nurl = -u./a\n")
        .modules(".gitmodules ", "[submodule \"x\"]\nurl = -u./b\n")
        .modules("GITMOD~1", "[submodule \"x\"]\nurl = -u./c\n")
        .modules("gi7eba~1", "[submodule \"x\"]\nurl = -u./d\n")
        .modules(".git\u200cmodules", "[submodule \"x\"]\nurl = -u./e\n");
  }

  private static Specimens merelyOld() {
    String old = "tree TREE\n";
    return new Specimens()
        .tree("a mode with a zero before it", file("0100644", "a"))
        .tree("a mode that the group may write", file("100664", "a"))
        .tree("names that differ by case", file("100644", "MARK.h"), file("100644", "mark.h"))
        .tree("names that differ by form", file("100644", "e\u0301"), file("100644", "\u00e9"))
        .file("aux.c")
        .file("con")
        .file("name: with * and ?")
        .file("trailing dot.")
        .file("back\\slash")
        .file(".gitignore")
        .file(".gitfoo")
        .file("...")
        .file("git~2")
        .file("git")
        .file("\u200cgit")
        .tree("a directory of modules elsewhere", file("160000", "sub"))
        .modules("[submodule \"x\"]\npath = x\nurl = ../x.git\nupdate = rebase\n")
        .modules("<<<<<<< HEAD\n[submodule \"x\"]\n=======\n>>>>>>> other\n")
        .modules("[submodule \"a..b/-c\"]\npath = a-b\nurl = https://example.org/-/x\n")
        .modules("# url = -u./payload\n")
        .modules("")
        .commitOf("a date far away", old + "author A <a@b> 99999999999 +0000\n" + COMMITTER + "\nm")
        .commitOf("an odd time zone", old + "author A <a@b> 1 +051800\n" + COMMITTER + "\nm\n")
        .commitOf("no space before the date", old + "author A <a@b>1 +0000\n" + COMMITTER + "\nm\n")
        .commitOf("no space before the address", old + "author A<a@b> 1 +0000\n" + COMMITTER + "\n")
        .commitOf("no address", old + "author A 1 +0000\n" + COMMITTER + "\nm\n")
        .commitOf("no message", old + AUTHOR + COMMITTER)
        .commitOf("an encoding", old + AUTHOR + COMMITTER + "encoding ISO-8859-15\n\nm\n")
        .tagOf("a tag without a tagger", "object FILE\ntype blob\ntag v1\n\nm\n");
  }
}
