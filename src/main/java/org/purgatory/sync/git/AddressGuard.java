package org.purgatory.sync.git;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves hosts for connections, and refuses those that lead to where strangers must not send us:
 * into this machine or its network. Names are resolved once per connection, and the addresses that
 * were checked are those connected to: what the name leads to a moment later does not matter.
 */
final class AddressGuard implements DnsResolver {

  private static final Logger LOG = System.getLogger(AddressGuard.class.getName());

  /** Each may take the whole connect timeout. */
  private static final int MOST_ADDRESSES = 4;

  private final DnsResolver names;
  private final AddressRules rules;

  /**
   * Guards a resolver.
   *
   * @param names knows the hosts' addresses
   * @param allowed ranges that may be connected to though they are not public
   */
  AddressGuard(DnsResolver names, List<IpNetwork> allowed) {
    this.names = names;
    this.rules = new AddressRules(allowed);
  }

  /**
   * The addresses of a host that are to be tried.
   *
   * @throws BlockedTargetException if any of them must not be connected to; it tells no more, as it
   *     would tell strangers about the network here
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = names.resolve(host);
    for (InetAddress address : addresses) {
      if (!rules.allow(address)) {
        LOG.log(
            Level.DEBUG,
            "refused {0}: {1} is neither public nor in purgatory.git.allowed-networks",
            host,
            address.getHostAddress());
        throw new BlockedTargetException("refused");
      }
    }
    return Arrays.copyOf(addresses, Math.min(addresses.length, MOST_ADDRESSES));
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
