package org.purgatory.sync.nostr;

import static org.purgatory.sync.nostr.Quoted.quoted;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * An http or https URL that objects can be fetched from, in one spelling: no credentials, query or
 * fragment, ASCII only, no default port, no slash at its end.
 *
 * @param value the URL, never null
 * @param domain the URL's host, never null
 */
public record CloneUrl(String value, Domain domain) implements Comparable<CloneUrl> {

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int MOST_CHARACTERS = 2048;

  /** Checks that the URL is in its one spelling and that the domain is its own. */
  public CloneUrl {
    if (!normalised(value).equals(value) || !hostOf(URI.create(value)).equals(domain)) {
      throw new InvalidValueException("not a clone URL in its one spelling: " + quoted(value));
    }
  }

  /**
   * Reads a clone URL from an event.
   *
   * @param text the value of a {@code clone} tag
   * @return the URL in its one spelling
   * @throws InvalidValueException if objects cannot be fetched from it here; the message never
   *     holds credentials
   */
  public static CloneUrl parse(String text) {
    String value = normalised(text);
    return new CloneUrl(value, hostOf(URI.create(value)));
  }

  /**
   * Whether the URL asks for an encrypted connection.
   *
   * @return true for https
   */
  public boolean isEncrypted() {
    return value.startsWith("https:");
  }

  /**
   * The server that the URL points to.
   *
   * @return its scheme, host and port
   */
  public Origin origin() {
    URI uri = URI.create(value);
    return new Origin(uri.getScheme() + "://" + uri.getRawAuthority(), domain);
  }

  private static String normalised(String text) {
    URI uri = uri(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      throw new InvalidValueException("only http and https clone URLs can be used here");
    }
    if (uri.getRawAuthority() == null || uri.getRawAuthority().indexOf('@') >= 0) {
      throw new InvalidValueException("a clone URL must name a host, and no user or password");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new InvalidValueException("a clone URL must not have a query or a fragment");
    }
    return scheme + "://" + hostOf(uri) + port(uri, scheme) + path(uri.getRawPath());
  }

  private static URI uri(String text) {
    if (text.length() > MOST_CHARACTERS || !Utf8.isWellFormed(text)) {
      throw new InvalidValueException(
          "a clone URL must be valid Unicode of at most " + MOST_CHARACTERS + " characters");
    }
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      // The parser's own message would quote credentials.
      throw new InvalidValueException("not a URL");
    }
  }

  /** The host by the authority, as {@link URI#getHost()} knows no Unicode names. */
  private static Domain hostOf(URI uri) {
    String authority = uri.getRawAuthority();
    int colon = portColon(authority);
    try {
      return Domain.of(colon < 0 ? authority : authority.substring(0, colon));
    } catch (InvalidValueException e) {
      // Its message quotes the host, where a look-alike of "@" may have put a password.
      throw new InvalidValueException("a clone URL's host must be a host name or an IP address");
    }
  }

  private static String port(URI uri, String scheme) {
    String authority = uri.getRawAuthority();
    int colon = portColon(authority);
    String digits = colon < 0 ? "" : authority.substring(colon + 1);
    if (digits.isEmpty()) {
      return "";
    }
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65535) {
      throw new InvalidValueException("a clone URL's port must be a number from 1 to 65535");
    }
    return port == (scheme.equals("https") ? 443 : 80) ? "" : ":" + port;
  }

  /**
   * The path in ASCII, byte for byte what the author wrote, without slashes at its end: git puts
   * its own slash after the path, so that they make no difference.
   */
  private static String path(String raw) {
    StringBuilder out = new StringBuilder();
    for (byte b : Utf8.bytes(raw.replaceAll("/+$", ""))) {
      if (b < 0) {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      } else {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  private static int portColon(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? colon : -1;
  }

  @Override
  public int compareTo(CloneUrl other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
