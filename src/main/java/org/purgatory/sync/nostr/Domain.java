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
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");

  /** Checks that the host is in its one spelling. */
  public Domain {
    if (name == null
        || name.length() > MOST_CHARACTERS
        || !(HOST.matcher(name).matches() || IPV6.matcher(name).matches())) {
      throw new InvalidValueException(
          "a domain must be a host name, not " + (name == null ? "null" : quoted(name)));
    }
  }

  /**
   * Brings a host into its one spelling.
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
    try {
      return new Domain(IDN.toASCII(bare).toLowerCase(Locale.ROOT));
    } catch (InvalidValueException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException("a domain must be a host name, not " + quoted(host));
    }
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
