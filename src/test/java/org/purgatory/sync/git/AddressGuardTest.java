package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.InvalidValueException;

class AddressGuardTest {

  private static final String HOST = "git.example";

  @ParameterizedTest
  @CsvFileSource(resources = "/addresses.txt", delimiter = ' ')
  void onlyAddressesOfThePublicInternetAreConnectedTo(String verdict, String address)
      throws Exception {
    assertThat(isRefused(guard(List.of(), address)))
        .isEqualTo(
            switch (verdict) {
              case "refused" -> true;
              case "public" -> false;
              default -> throw new IllegalArgumentException(verdict);
            });
  }

  /** Java makes IPv4 addresses of these, but not in every way to make one. */
  @Test
  void mappedAddressIsTheOneThatItIsConnectedTo() throws Exception {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    bytes[12] = 127;
    bytes[15] = 1;
    InetAddress mapped = Inet6Address.getByAddress(HOST, bytes, -1);
    assertThat(mapped.getAddress()).hasSize(16);

    assertThat(new AddressRules(List.of()).allow(mapped)).isFalse();
    assertThat(new AddressRules(List.of(IpNetwork.parse("127.0.0.0/8"))).allow(mapped)).isTrue();
    assertThat(new AddressRules(List.of(IpNetwork.parse("::/0"))).allow(mapped)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "::1", "169.254.169.254", "fd00:ec2::254"})
  void oneBadAddressAmongGoodOnesRefusesTheName(String bad) throws Exception {
    assertThat(isRefused(guard(List.of(), "8.8.8.8", "1.1.1.1"))).isFalse();
    assertThat(isRefused(guard(List.of(), "8.8.8.8", bad))).isTrue();
    assertThat(isRefused(guard(List.of(), bad, "8.8.8.8"))).isTrue();
    assertThat(
            isRefused(guard(List.of(), "8.8.8.8", "8.8.8.8", "8.8.8.8", "8.8.8.8", "8.8.8.8", bad)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.0.0/16, 10.1.0.0, true",
    "10.1.0.0/16, 10.1.255.255, true",
    "10.1.0.0/16, 10.0.255.255, false",
    "10.1.0.0/16, 10.2.0.0, false",
    "10.1.0.0/16, ::ffff:10.1.0.1, true",
    "10.1.0.0/16, ::10.1.0.1, false",
    "10.1.0.0/16, 64:ff9b::10.1.0.1, false",
    "10.1.0.0/16, 2002:a01:1::1, false",
    "10.1.0.0/16, 8.8.8.8, true",
    "127.0.0.1/32, 127.0.0.1, true",
    "127.0.0.1/32, 127.0.0.2, false",
    "127.0.0.1/32, ::1, false",
    "::1/128, ::1, true",
    "::1/128, ::2, false",
    "::1/128, 127.0.0.1, false",
    "fd00:1::/33, fd00:1:7fff:ffff::1, true",
    "fd00:1::/33, fd00:1:8000::, false",
    "0.0.0.0/0, 169.254.169.254, true",
    "0.0.0.0/0, fd00:ec2::254, false",
    "::/0, fd00:ec2::254, true",
    "::/0, 169.254.169.254, false",
    "64:ff9b::/96, 64:ff9b::8.8.8.8, true",
    "64:ff9b::/96, 64:ff9b::10.0.0.1, false",
    "64:ff9b::/96, 64:ff9b::169.254.169.254, false",
  })
  void whatTheOperatorAllowsIsConnectedToAndNoMore(String network, String address, boolean allowed)
      throws Exception {
    assertThat(isRefused(guard(List.of(IpNetwork.parse(network)), address))).isNotEqualTo(allowed);
  }

  @Test
  void refusalTellsNothingOfTheNetwork() {
    assertThatThrownBy(() -> guard(List.of(), "10.0.0.1").resolve(HOST))
        .isInstanceOf(BlockedTargetException.class)
        .hasMessage("refused")
        .hasNoCause();
  }

  /** Each of a hundred could take the connect timeout. */
  @Test
  void onlyTheFirstAddressesAreTried() throws Exception {
    String[] many = Stream.generate(() -> "8.8.8.8").limit(100).toArray(String[]::new);

    assertThat(guard(List.of(), many).resolve(HOST)).hasSize(4);
  }

  /** Of this machine, its network, and the cloud's metadata, in whatever form somebody reads. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "127.000.000.001",
        "0127.0.0.1",
        "0177.0.0.1",
        "0177.0.0.01",
        "0177.1",
        "017700000001",
        "0x7f.0.0.1",
        "0X7F.0.0.1",
        "0x7f.1",
        "0x7f000001",
        "0x7F000001",
        "0x000000007f000001",
        "2130706433",
        "02130706433",
        "2130706433.",
        "127.0.0.0x1",
        "127.0x0.1",
        "4294967295",
        "4294967296",
        "0",
        "0.0.0.0",
        "0x0",
        "00",
        "1.2.3.4.5",
        "127.0.0.256",
        "127..0.1",
        ".127.0.0.1",
        "127.0.0.1..",
        "127.0.0.1%00",
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "127.0.0.1%2f",
        "127。0。0。1",
        "127．0．0．1",
        "127｡0｡0｡1",
        "１２７.0.0.1",
        "１２７．０．０．１",
        "①②⑦.0.0.1",
        "١٢٧.٠.٠.١",
        "127.0.0.1\u200b",
        "127.0.0\u00ad.1",
        "\u200b127.0.0.1",
        "[::1]",
        "[::1].",
        "[0:0:0:0:0:0:0:1]",
        "[::01]",
        "[::0001]",
        "[::%31]",
        "[::1%25lo]",
        "[::1%lo]",
        "[::1%251]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::FFFF:7F00:1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "[fe80::1%25eth0]",
        "[fd00:ec2::254]",
        "[FD00:EC2::254]",
        "[v1.127]",
        "::1",
        "169.254.169.254",
        "169.254.43518",
        "169.16689662",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "0xA9.0xFE.0xA9.0xFE",
        "[::ffff:a9fe:a9fe]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "LocalHost",
        "ｌｏｃａｌｈｏｓｔ",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "lo\u00adcalhost",
        "127.0.0.1@8.8.8.8",
        "8.8.8.8@127.0.0.1",
        "8.8.8.8\\@127.0.0.1",
        "8.8.8.8#@127.0.0.1",
        "127.0.0.1 ",
        " 127.0.0.1",
        "127.0.0.1\t",
        "127.0.0.1\u00a0",
        "127.0.0.1\u3000",
      })
  void noSpellingOfAnAddressHereIsConnectedTo(String host) {
    AddressGuard guard = new AddressGuard(SystemDefaultDnsResolver.INSTANCE, List.of());
    AddressRules rules = new AddressRules(List.of());
    try {
      String name = CloneUrl.parse("http://" + host + "/x").domain().name();
      assertThatThrownBy(() -> guard.resolve(name)).isInstanceOf(UnknownHostException.class);
    } catch (InvalidValueException e) {
      // Not a URL. Whoever asks all the same gets what was checked: Java's 0177.0.0.1 is 177.0.0.1.
      try {
        assertThat(guard.resolve(host)).allMatch(rules::allow);
      } catch (UnknownHostException refused) {
        assertThat(refused.getMessage()).isNotNull();
      }
    }
  }

  private static AddressGuard guard(List<IpNetwork> allowed, String... addresses)
      throws UnknownHostException {
    InetAddress[] answer = new InetAddress[addresses.length];
    for (int i = 0; i < addresses.length; i++) {
      answer[i] = InetAddress.getByAddress(HOST, InetAddress.getByName(addresses[i]).getAddress());
    }
    return new AddressGuard(new FixedNames(host -> answer), allowed);
  }

  private static boolean isRefused(AddressGuard guard) throws UnknownHostException {
    try {
      assertThat(guard.resolve(HOST)).isNotEmpty();
      return false;
    } catch (BlockedTargetException e) {
      return true;
    }
  }
}
