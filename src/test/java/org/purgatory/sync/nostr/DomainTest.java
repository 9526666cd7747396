package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainTest {

  @Test
  void tellsLookAlikesApart() {
    // The first letter of the second one is Cyrillic.
    assertThat(Domain.of("apple.example")).isNotEqualTo(Domain.of("аpple.example"));
    assertThat(Domain.of("ngit.dev")).isNotEqualTo(Domain.of("git.ngit.dev"));
  }

  @Test
  void isOneForAllSpellingsOfAHost() {
    assertThat(Domain.of("Git.EXAMPLE."))
        .isEqualTo(Domain.of("git.example"))
        .hasToString("git.example");
    assertThat(Domain.of("[0:0::1]")).isEqualTo(Domain.of("[::1]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Git.example",
        "git.example.",
        "bücher.example",
        "[::1]",
        "[0:0:0:0:0:0:0:A]",
        "[1.2.3.4]",
        "git.example:80",
        "a b",
        "a/b",
        "*",
        "127.1",
        "01.2.3.4",
        "a\nb",
        "git.example\n",
        "a..b"
      })
  void cannotBeMadeInAnotherSpelling(String name) {
    assertThatThrownBy(() -> new Domain(name)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  void refusesLabelsAndNamesBeyondWhatDnsKnows() {
    Domain.of("a".repeat(63) + ".example");
    assertThatThrownBy(() -> new Domain("a".repeat(64) + ".example"))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new Domain("a.".repeat(126) + "ab"))
        .isInstanceOf(InvalidValueException.class);
  }
}
