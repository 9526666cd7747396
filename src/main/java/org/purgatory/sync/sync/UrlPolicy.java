package org.purgatory.sync.sync;

import java.util.Optional;
import java.util.Set;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Domain;

/**
 * Which clone URLs the operator allows.
 *
 * @param ownDomains domains that are never fetched from, compared as whole hosts, because what they
 *     have is on this volume
 * @param allowHttp whether unencrypted URLs are used
 */
public record UrlPolicy(Set<Domain> ownDomains, boolean allowHttp) {

  /** Copies the set. */
  public UrlPolicy {
    ownDomains = Set.copyOf(ownDomains);
  }

  /**
   * Whether a URL may be fetched from.
   *
   * @param url the URL
   * @return true if it may
   */
  public boolean allows(CloneUrl url) {
    return refusal(url).isEmpty();
  }

  /**
   * Why a URL may not be fetched from.
   *
   * @param url the URL
   * @return the setting that forbids it, for the operator; empty if none does
   */
  public Optional<String> refusal(CloneUrl url) {
    if (ownDomains.contains(url.domain())) {
      return Optional.of("its host is one of purgatory.git.own-domains");
    }
    return allowHttp || url.isEncrypted()
        ? Optional.empty()
        : Optional.of("purgatory.git.allow-http is false");
  }
}
