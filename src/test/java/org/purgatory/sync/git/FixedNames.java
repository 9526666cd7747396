package org.purgatory.sync.git;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Names that lead where a test says.
 *
 * @param lookUp asked for each resolution
 */
record FixedNames(LookUp lookUp) implements DnsResolver {

  interface LookUp {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return lookUp.of(host);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
