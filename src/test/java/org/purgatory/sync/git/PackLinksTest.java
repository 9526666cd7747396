package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;

class PackLinksTest {

  private static final ObjectId ELSEWHERE = ObjectId.fromString("e".repeat(40));
  private static final PersonIdent SOMEBODY = new PersonIdent("Some Body", "some@body.example");

  private final PackLinks links = new PackLinks();
  private final ObjectInserter.Formatter names = new ObjectInserter.Formatter();

  @Test
  void aHistoryThatLeadsNowhereElseIsWhole() throws Exception {
    ObjectId tree = tree(FileMode.REGULAR_FILE, blob("a"));
    ObjectId root = commit(tree);
    ObjectId tip = commit(tree(FileMode.TREE, tree), root);
    ObjectId tag = tag(tip, Constants.OBJ_COMMIT);

    assertThat(links.isWhole(Set.of(tag))).isTrue();
    assertThat(links.isReachedFrom(Set.of(tag), 7)).isFalse();
    assertThat(links.isReachedFrom(Set.of(tag), 6)).isTrue();
    assertThat(links.isReachedFrom(Set.of(tip), 6)).as("the tag would be left over").isFalse();
  }

  @Test
  void anObjectThatDidNotComeMakesAHistoryIncomplete() throws Exception {
    ObjectId tip = commit(tree(FileMode.REGULAR_FILE, ELSEWHERE));
    assertThat(links.isWhole(Set.of(tip))).isFalse();
  }

  @Test
  void aParentThatDidNotComeMakesAHistoryIncomplete() throws Exception {
    ObjectId tip = commit(tree(FileMode.REGULAR_FILE, blob("a")), ELSEWHERE);
    assertThat(links.isWhole(Set.of(tip))).isFalse();
  }

  @Test
  void whatWasAskedForAndDidNotComeIsNotWhole() throws Exception {
    ObjectId tip = commit(tree(FileMode.REGULAR_FILE, blob("a")));
    assertThat(links.isWhole(Set.of(tip, ELSEWHERE))).isFalse();
  }

  @Test
  void submodulesAreElsewhere() throws Exception {
    ObjectId tip = commit(tree(FileMode.GITLINK, ELSEWHERE));
    assertThat(links.isWhole(Set.of(tip))).isTrue();
  }

  @Test
  void whatIsTakenForSomethingElseIsNotWhole() throws Exception {
    ObjectId tip = commit(tree(FileMode.TREE, blob("a")));
    assertThat(links.isWhole(Set.of(tip))).isFalse();
  }

  @Test
  void whatIsTakenForTwoThingsIsNotWhole() throws Exception {
    ObjectId tree = tree(FileMode.REGULAR_FILE, blob("a"));
    ObjectId tip = commit(tree(FileMode.REGULAR_FILE, tree), commit(tree));
    assertThat(links.isWhole(Set.of(tip))).isFalse();
  }

  @Test
  void aTagThatLiesAboutItsObjectIsNotWhole() throws Exception {
    ObjectId tag = tag(commit(tree(FileMode.REGULAR_FILE, blob("a"))), Constants.OBJ_TREE);
    assertThat(links.isWhole(Set.of(tag))).isFalse();
  }

  @Test
  void bytesThatNobodyAskedForAreSeen() throws Exception {
    ObjectId tip = commit(tree(FileMode.REGULAR_FILE, blob("a")));
    blob("smuggled");

    assertThat(links.isWhole(Set.of(tip))).isTrue();
    assertThat(links.isReachedFrom(Set.of(tip), 4)).isFalse();
  }

  private ObjectId blob(String content) {
    return came(Constants.OBJ_BLOB, content.getBytes(StandardCharsets.UTF_8));
  }

  private ObjectId tree(FileMode mode, ObjectId entry) {
    TreeFormatter tree = new TreeFormatter();
    tree.append("entry", mode, entry);
    return came(Constants.OBJ_TREE, tree.toByteArray());
  }

  private ObjectId commit(ObjectId tree, ObjectId... parents) throws Exception {
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setAuthor(SOMEBODY);
    commit.setCommitter(SOMEBODY);
    return came(Constants.OBJ_COMMIT, commit.build());
  }

  private ObjectId tag(ObjectId object, int type) throws Exception {
    TagBuilder tag = new TagBuilder();
    tag.setTag("v1");
    tag.setObjectId(object, type);
    tag.setTagger(SOMEBODY);
    return came(Constants.OBJ_TAG, tag.build());
  }

  private ObjectId came(int type, byte[] content) {
    ObjectId id = names.idFor(type, content);
    links.object(id, type, content);
    return id;
  }
}
