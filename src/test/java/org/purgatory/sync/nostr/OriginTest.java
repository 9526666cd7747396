package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://Git.Example/a/b.git, https://git.example",
    "https://git.example:443/a, https://git.example",
    "http://git.example:443/a, http://git.example:443",
    "http://git.example, http://git.example",
    "https://git.example:8443/https://evil.example/x, https://git.example:8443",
    "https://[::1]:8443/a, https://[0:0:0:0:0:0:0:1]:8443"
  })
  void urlsOfOneServerHaveOneOrigin(String url, String origin) {
    CloneUrl parsed = CloneUrl.parse(url);
    assertThat(parsed.origin()).isEqualTo(Origin.parse(origin));
    assertThat(parsed.origin().domain()).isEqualTo(parsed.domain());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git.example",
        "https://git.example/",
        "https://git.example/a",
        "https://git.example:443",
        "https://GIT.example",
        "https://u@git.example",
        "https://git.example?q",
        "ssh://git.example",
        ""
      })
  void anythingElseIsNoOrigin(String text) {
    assertThatThrownBy(() -> Origin.parse(text)).isInstanceOf(InvalidValueException.class);
  }
}
