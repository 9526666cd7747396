package org.purgatory.sync.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Domain;

class UrlPolicyTest {

  private final UrlPolicy policy = new UrlPolicy(Set.of(new Domain("ngit.dev")), true);

  @Test
  void leavesOutOurOwnDomain() {
    assertThat(policy.allows(url("https://ngit.dev/x.git"))).isFalse();
    assertThat(policy.allows(url("https://NGIT.dev.:443/x.git"))).isFalse();
  }

  @Test
  void comparesWholeHosts() {
    assertThat(policy.allows(url("https://git.ngit.dev/x.git"))).isTrue();
    assertThat(policy.allows(url("https://ngit.dev.example/x.git"))).isTrue();
    assertThat(policy.allows(url("https://example.org/ngit.dev/x.git"))).isTrue();
  }

  @Test
  void leavesOutUnencryptedUrlsOnlyWhenTold() {
    CloneUrl plain = url("http://example.org/x.git");
    assertThat(policy.allows(plain)).isTrue();
    assertThat(new UrlPolicy(Set.of(), false).allows(plain)).isFalse();
  }

  private static CloneUrl url(String text) {
    return CloneUrl.parse(text);
  }
}
