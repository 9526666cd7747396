package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The host of a clone URL, the unit of politeness: lower case, punycode, no port, no trailing dot.
 * IPv6 literals stand in brackets.
 *
 * @param name the host's one spelling, never null
 */
public record Domain(String name) implements Comparable<Domain> {

  private static final int MOST_CHARACTERS = 253;
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");

  /** What resolvers take for an IPv4 address, in octal, hexadecimal and short forms too. */
  private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

  private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");

  /** Checks that the host is in its one spelling. */
  public Domain {
    if (name == null || name.length() > MOST_CHARACTERS || !isOneSpelling(name)) {
      throw notAHost(name == null ? "null" : name);
    }
  }

  /**
   * Brings a host into its one spelling. A host whose last label is a number is refused unless it
   * is an IPv4 address in four plain decimals: resolvers know many other spellings of one address,
   * and each would have a throttle of its own.
   *
   * @param host a host name in any case, with or without a trailing dot, in Unicode or punycode
   * @return its domain
   * @throws InvalidValueException if it is not a host name
   */
  public static Domain of(String host) {
    if (host.startsWith("[")) {
      return new Domain(Ipv6Literal.canonical(host));
    }
    String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return new Domain(ascii(bare).toLowerCase(Locale.ROOT));
  }

  private static String ascii(String host) {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      throw notAHost(host);
    }
  }

  private static boolean isOneSpelling(String name) {
    if (name.startsWith("[")) {
      return Ipv6Literal.canonical(name).equals(name);
    }
    return NUMERIC.matcher(name).matches()
        ? IPV4.matcher(name).matches()
        : HOST.matcher(name).matches();
  }

  private static InvalidValueException notAHost(String text) {
    return new InvalidValueException("a domain must be a host name, not " + quoted(text));
  }

  @Override
  public int compareTo(Domain other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
