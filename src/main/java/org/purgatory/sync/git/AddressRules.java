package org.purgatory.sync.git;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: those of the public internet, by IANA's special-purpose
 * address registries (RFC 6890, as of 2025), and what an operator allows besides.
 */
final class AddressRules {

  private static final int IPV4_BYTES = 4;

  private final List<IpNetwork> allowed;

  /** All of IPv4 but these is public. */
  private final List<IpNetwork> specialIpv4 =
      networks(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT; Alibaba's metadata
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // the host of an Azure machine, which hands out its secrets
          "169.254.0.0/16", // link-local; most clouds' metadata
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments; Oracle's metadata
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, broadcast

  /** Nothing of IPv6 but this is public: not loopback, fc00::/7, fe80::/10, IPv4 in disguise … */
  private final IpNetwork globalUnicast = IpNetwork.parse("2000::/3");

  /** … and these are not. */
  private final List<IpNetwork> specialIpv6 =
      networks(
          "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4: an IPv4 address in disguise
          "3fff::/20"); // documentation

  private final IpNetwork mapped = new IpNetwork("0".repeat(20) + "ffff00000000", 96);
  private final IpNetwork nat64 = IpNetwork.parse("64:ff9b::/96");

  /**
   * Makes rules.
   *
   * @param allowed ranges that may be connected to though they are not public
   */
  AddressRules(List<IpNetwork> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Whether an address may be connected to. */
  boolean allow(InetAddress address) {
    return allow(address.getAddress());
  }

  private boolean allow(byte[] address) {
    if (mapped.contains(address)) {
      // The system connects to the IPv4 address.
      return allow(lastFour(address));
    }
    if (nat64.contains(address) && !allow(lastFour(address))) {
      return false;
    }
    return isPublic(address) || isIn(allowed, address);
  }

  private boolean isPublic(byte[] address) {
    if (address.length == IPV4_BYTES) {
      return !isIn(specialIpv4, address);
    }
    return globalUnicast.contains(address) && !isIn(specialIpv6, address);
  }

  private static byte[] lastFour(byte[] address) {
    return Arrays.copyOfRange(address, address.length - IPV4_BYTES, address.length);
  }

  private static boolean isIn(List<IpNetwork> networks, byte[] address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static List<IpNetwork> networks(String... texts) {
    return Stream.of(texts).map(IpNetwork::parse).toList();
  }
}
