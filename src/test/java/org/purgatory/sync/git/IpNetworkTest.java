package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

  @Test
  void oneRangeHasOneValue() {
    assertThat(IpNetwork.parse("10.0.0.0/8")).isEqualTo(new IpNetwork("0a000000", 8));
    assertThat(IpNetwork.parse("FD00::/8")).isEqualTo(IpNetwork.parse("fd00:0::0/8"));
    assertThat(IpNetwork.parse("::1/128")).isEqualTo(IpNetwork.parse("0:0:0:0:0:0:0:1/128"));
    assertThat(IpNetwork.parse("0.0.0.0/0").prefixLength()).isZero();
    assertThat(IpNetwork.parse("::/0").prefixLength()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/",
        "/8",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/8 ",
        "10.0.0.0/255.0.0.0",
        "10.0.0.0/8/8",
        "10.0.0.1/8",
        "10.128.0.0/8",
        "10.0/8",
        "10/8",
        "010.0.0.0/8",
        "0x0a000000/8",
        "167772160/8",
        "256.0.0.0/8",
        "::1/127",
        "fd00::1/8",
        "::/129",
        "fd00::/8%eth0",
        "fe80::%1/64",
        "[::1]/128",
        "::ffff:10.0.0.0/104",
        "fd00::1::/64",
        "localhost/8",
        "example.org/8",
        "beef/8",
        "a.b/32",
        "1.2.3.4.5/8",
        "*/8",
        "10.*.0.0/8",
        "all",
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> IpNetwork.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
