package org.purgatory.sync.git;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.InvalidValueException;

/**
 * A range of IPv4 or IPv6 addresses (CIDR, RFC 4632 and 4291). An IPv4 range holds no IPv6 address,
 * nor the other way round.
 *
 * @param address its first address, 8 or 32 hex digits
 * @param prefixLength how many leading bits its addresses have in common
 */
public record IpNetwork(String address, int prefixLength) {

  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]{1,45})/(0|[1-9][0-9]{0,2})");

  /** Checks that the address is the first one of its range. */
  public IpNetwork {
    byte[] bytes = HexFormat.of().parseHex(address);
    if (prefixLength < 0 || prefixLength > 8 * bytes.length) {
      throw new IllegalArgumentException("a prefix has 0 to " + 8 * bytes.length + " bits");
    }
    for (int bit = prefixLength; bit < 8 * bytes.length; bit++) {
      if (bit(bytes, bit) != 0) {
        throw new IllegalArgumentException("the address has bits beyond the prefix");
      }
    }
  }

  /**
   * Reads a range. Asks no resolver.
   *
   * @param text for example {@code 10.0.0.0/8} or {@code fd00::/8}; addresses in no other spelling
   *     than clone URLs may have
   * @return the range
   * @throws IllegalArgumentException if it is none, or its address is not its first one
   */
  public static IpNetwork parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not <address>/<bits>: " + quoted(text));
    }
    return new IpNetwork(
        HexFormat.of().formatHex(address(form.group(1))), Integer.parseInt(form.group(2)));
  }

  /** Whether an address is in this range. */
  boolean contains(byte[] other) {
    byte[] own = HexFormat.of().parseHex(address);
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit++) {
      if (bit(own, bit) != bit(other, bit)) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] bytes, int index) {
    return bytes[index / 8] >> (7 - index % 8) & 1;
  }

  private static byte[] address(String literal) {
    try {
      String host = Domain.of(literal.contains(":") ? '[' + literal + ']' : literal).name();
      // A name of hex digits would be looked up.
      if (host.startsWith("[") || host.matches("[0-9.]+")) {
        return InetAddress.getByName(host).getAddress();
      }
    } catch (InvalidValueException | UnknownHostException e) {
      throw new IllegalArgumentException("not an IP address: " + quoted(literal), e);
    }
    throw new IllegalArgumentException("not an IP address: " + quoted(literal));
  }
}
