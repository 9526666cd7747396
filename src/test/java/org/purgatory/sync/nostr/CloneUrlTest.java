package org.purgatory.sync.nostr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloneUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://git.example/npub1x/repo.git, https://git.example/npub1x/repo.git, git.example",
    "HTTPS://Git.Example/Repo, https://git.example/Repo, git.example",
    "https://git.example./repo, https://git.example/repo, git.example",
    "https://git.example:443/repo, https://git.example/repo, git.example",
    "https://git.example:00443/repo, https://git.example/repo, git.example",
    "http://git.example:80/repo, http://git.example/repo, git.example",
    "https://git.example:80/repo, https://git.example:80/repo, git.example",
    "https://git.example:65535/repo, https://git.example:65535/repo, git.example",
    "https://git.example:/repo, https://git.example/repo, git.example",
    "https://git.example, https://git.example, git.example",
    "https://git.example:443, https://git.example, git.example",
    "https://git.example/, https://git.example, git.example",
    "https://git.example/repo//, https://git.example/repo, git.example",
    "https://git.example//, https://git.example, git.example",
    "https://git.example//:x/repo, https://git.example//:x/repo, git.example",
    "https://git.example/a%20b, https://git.example/a%20b, git.example",
    "https://git.example/é🚀, https://git.example/%C3%A9%F0%9F%9A%80, git.example",
    "https://bücher.example/x, https://xn--bcher-kva.example/x, xn--bcher-kva.example",
    "https://BÜCHER.example/x, https://xn--bcher-kva.example/x, xn--bcher-kva.example",
    "https://ｇｉｔ。example/x, https://git.example/x, git.example",
    "http://127.0.0.1:8080/x, http://127.0.0.1:8080/x, 127.0.0.1",
    "http://[::1]:8080/x, http://[0:0:0:0:0:0:0:1]:8080/x, [0:0:0:0:0:0:0:1]",
    "https://[2001:DB8::A]/x, https://[2001:db8:0:0:0:0:0:a]/x, [2001:db8:0:0:0:0:0:a]",
  })
  void hasOneSpelling(String text, String value, String domain) {
    CloneUrl url = CloneUrl.parse(text);

    assertThat(url.value()).isEqualTo(value);
    assertThat(url.domain().name()).isEqualTo(domain);
    assertThat(CloneUrl.parse(value)).isEqualTo(url);
  }

  @Test
  void takesTheHostFromTheAuthorityNotFromTheLastAtSign() {
    assertThat(CloneUrl.parse("https://github.com/a@evil.com").domain().name())
        .isEqualTo("github.com");
  }

  @Test
  void keepsTheAuthorsBytesInThePath() {
    assertThat(CloneUrl.parse("https://git.example/e\u0301").value())
        .isEqualTo("https://git.example/e%CC%81");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "git.example/repo",
        "//git.example/repo",
        "ssh://git@git.example/repo",
        "git://git.example/repo",
        "git@git.example:repo",
        "file:///etc/passwd",
        "/etc/passwd",
        "ext::sh -c id",
        "--upload-pack=id",
        "javascript:alert(1)",
        "https:git.example/repo",
        "https:///repo",
        "http:///x",
        "https://",
        "https://:443/x",
        "https://./x",
        "https://../x",
        "https://a..b/x",
        "https://.a/x",
        "https://a../x",
        "https://-a/x",
        "https://a-/x",
        "https://a_b/x",
        "https://a b/x",
        "https://git.example:0/x",
        "https://git.example:65536/x",
        "https://git.example:99999999999/x",
        "https://git.example:-1/x",
        "https://git.example:+1/x",
        "https://git.example:１/x",
        "https://git.example:80:80/x",
        "https://git.example:x/x",
        "https://user@git.example/x",
        "https://user:pw@git.example/x",
        "https://@git.example/x",
        "https://git.example@evil.example/x",
        "https://git.example%40evil.example/x",
        "https://git.example＠evil.example/x",
        "https://git.example／evil/x",
        "https://git.example\\@evil.example/x",
        "https:\\\\git.example\\x",
        "https://git.ex%61mple/x",
        "https://git.example/x?service=git-upload-pack",
        "https://git.example/x?",
        "https://git.example/x#frag",
        "https://git.example/x#",
        "https://git.example/a\tb",
        "https://git.example/a\nb",
        "https://git.example/a\r\nHost: evil",
        "https://git\n.example/a",
        "https://git.example/a\u0000",
        "https://git.example/a\u0085b",
        "https://git.example/a b",
        " https://git.example/a",
        "https://git.example/a\n",
        "https://git.example/%",
        "https://git.example/%zz",
        "https://git.example/\ud800",
        "https://[::1/x",
        "https://::1/x",
        "https://[]/x",
        "https://[::1]x/x",
        "https://[fe80::1%25eth0]/x",
        "https://[fe80::1%eth0]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://[::ffff:7f00:1]/x",
        "https://[1.2.3.4]/x",
        "https://[git.example]/x",
        "https://127.1/x",
        "https://2130706433/x",
        "https://0x7f.0.0.1/x",
        "https://0x7f000001/x",
        "https://0177.0.0.1/x",
        "https://127.0.0.01/x",
        "https://1.2.3.256/x",
        "https://1.2.3.4.5/x",
        "https://git.example.1/x",
        "https://\u00ad/x",
        "https://xn--\u00fc/x",
      })
  void refusesWhatObjectsCannotBeFetchedFrom(String text) {
    assertThatThrownBy(() -> CloneUrl.parse(text)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      textBlock =
          """
          ssh://git.example/x 'only http and https'
          file:///etc/passwd 'only http and https'
          https:///x 'must name a host'
          https://user:pw@git.example/x 'no user or password'
          https://git.example/x?a=b 'a query or a fragment'
          https://git.example/x#main 'a query or a fragment'
          https://git.example:0/x 'a number from 1 to 65535'
          https://git.example:65536/x 'a number from 1 to 65535'
          https://0177.0.0.1/x 'a host name or an IP address'
          https://[fe80::1]x/x 'a host name or an IP address'
          https://git.example\\x 'not a URL'
          """)
  void saysWhichRuleItWas(String text, String reason) {
    assertThatThrownBy(() -> CloneUrl.parse(text)).hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter2@git.example/x",
        "https://hunter2@git.example/x",
        "https://hunter2＠git.example/x",
        "https://hunter2%40git.example/x",
        "https://git.example/x?token=hunter2",
        "https://git.example/x#hunter2",
        "https://user:hunter2@git.example/ x",
        "ssh://user:hunter2@git.example/x",
        "https://user:hunter2%40git.example/x",
        "user:hunter2@git.example:x",
      })
  void neverRepeatsCredentials(String text) {
    assertThatThrownBy(() -> CloneUrl.parse(text))
        .isInstanceOf(InvalidValueException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void refusesUrlsThatAreTooLongAlsoOnceTheyAreAscii() {
    CloneUrl.parse("https://git.example/" + "a".repeat(2000));
    refuses("https://git.example/" + "a".repeat(2048));
    refuses("https://git.example/" + "é".repeat(1000));
    refuses("https://" + "a".repeat(64) + ".example/x");
    refuses("https://" + "a.".repeat(127) + "example/x");
  }

  @Test
  void cannotBeMadeInAnotherSpellingOrWithAnotherDomain() {
    Domain domain = new Domain("git.example");

    assertThatThrownBy(() -> new CloneUrl("https://git.example:443/x", domain))
        .isInstanceOf(InvalidValueException.class);
    assertThatThrownBy(() -> new CloneUrl("https://evil.example/x", domain))
        .isInstanceOf(InvalidValueException.class);
  }

  @Test
  void everyTextIsRefusedOrHasOneSpelling() {
    String alphabet = "a1.-:/@%#?[]\\ \n\u0000é🚀。／＠\u00ad\u200d٣İßxn--";
    int[] characters = alphabet.codePoints().toArray();
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder("https://");
      random
          .ints(random.nextInt(12), 0, characters.length)
          .forEach(i -> text.appendCodePoint(characters[i]));
      hasOneSpellingOrIsRefused(text.toString(), seed);
    }
  }

  private static void hasOneSpellingOrIsRefused(String text, long seed) {
    try {
      CloneUrl url = CloneUrl.parse(text);
      assertThat(CloneUrl.parse(url.value())).as("seed %d", seed).isEqualTo(url);
      assertThat(url.value()).as("seed %d", seed).matches("https://[!-~]+");
    } catch (InvalidValueException expected) {
      assertThat(expected.getMessage()).as("seed %d", seed).isNotBlank();
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private static void refuses(String text) {
    assertThatThrownBy(() -> CloneUrl.parse(text)).isInstanceOf(InvalidValueException.class);
  }
}
