package org.purgatory.sync.git;

import static org.purgatory.sync.nostr.Quoted.quoted;

import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;

/** Where below the git root an owner's repository is. */
public enum RepositoryLayout {
  /** {@code {npub}/{identifier}.git}: what GRASP servers use. */
  NPUB("{npub}/{identifier}.git"),
  /** {@code {pubkey}/{identifier}.git}: the owner's key in hex. */
  PUBKEY("{pubkey}/{identifier}.git");

  private final String pattern;

  RepositoryLayout(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads the setting.
   *
   * @param pattern one of the two patterns
   * @return the layout
   * @throws IllegalArgumentException if it is another; the message says what is allowed
   */
  public static RepositoryLayout parse(String pattern) {
    for (RepositoryLayout layout : values()) {
      if (layout.pattern.equals(pattern)) {
        return layout;
      }
    }
    throw new IllegalArgumentException(
        "purgatory.git.repository-layout must be %s or %s, not %s"
            .formatted(NPUB.pattern, PUBKEY.pattern, quoted(pattern)));
  }

  /**
   * Where an owner's repository is.
   *
   * @param owner the repository's owner
   * @param identifier the repository's identifier, a safe file name by its type
   * @return the path relative to the git root, with forward slashes
   */
  public String path(PublicKey owner, RepositoryIdentifier identifier) {
    return ownerDirectory(owner) + '/' + identifier.value() + ".git";
  }

  private String ownerDirectory(PublicKey owner) {
    return this == NPUB ? owner.npub() : owner.hex();
  }
}
