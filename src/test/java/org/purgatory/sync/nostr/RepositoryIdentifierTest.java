package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryIdentifierTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"repo", "my 🚀 repo", "a:b:c", ":", "...", "-x", " ", "..git", "repo.git", "é"})
  void mayBeAnyTextThatIsAFileName(String value) {
    assertThat(new RepositoryIdentifier(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "a/b", "../x", "/", "a\\b", "a\u0000", "a\nb", "a\u007f", "a\u0085",
        "\ud83d", "a\udc00"
      })
  void refusesWhatCouldLeaveItsDirectory(String value) {
    assertThatThrownBy(() -> new RepositoryIdentifier(value))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void fitsAFileNameInBytes() {
    new RepositoryIdentifier("a".repeat(251));
    new RepositoryIdentifier("🚀".repeat(62) + "abc");
    assertThatThrownBy(() -> new RepositoryIdentifier("a".repeat(252)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("at most 251 bytes");
    assertThatThrownBy(() -> new RepositoryIdentifier("🚀".repeat(63)))
        .isInstanceOf(InvalidValueException.class);
  }
}
