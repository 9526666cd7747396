package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IPv6 addresses as they stand in URLs (RFC 3986, section 3.2.2). */
final class Ipv6Literal {

  private static final Pattern FORM = Pattern.compile("\\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]");

  private Ipv6Literal() {}

  /**
   * Brings an address in brackets, without a zone, into its one spelling. Asks no resolver. An
   * IPv4-mapped address is refused: it would be a second name of an IPv4 host.
   */
  static String canonical(String bracketed) {
    if (!FORM.matcher(bracketed).matches()) {
      throw new InvalidValueException("not an IPv6 address: " + quoted(bracketed));
    }
    try {
      // Java answers an IPv4 address for a mapped one.
      if (InetAddress.getByName(bracketed) instanceof Inet6Address address) {
        return '[' + address.getHostAddress() + ']';
      }
    } catch (UnknownHostException e) {
      throw new InvalidValueException("not an IPv6 address: " + quoted(bracketed));
    }
    throw new InvalidValueException(
        "an IPv4-mapped IPv6 address cannot be used: " + quoted(bracketed));
  }
}
