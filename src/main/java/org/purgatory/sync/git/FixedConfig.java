package org.purgatory.sync.git;

import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;

/** A configuration without a file. JGit keeps what it measures of file systems in such a one. */
final class FixedConfig extends FileBasedConfig {

  /** Makes an empty one. */
  FixedConfig(Config parent, FS fs) {
    super(parent, null, fs);
  }

  /** Makes one of what a file of it would hold. */
  static FixedConfig of(String text) {
    FixedConfig config = new FixedConfig(null, FS.DETECTED);
    try {
      config.fromText(text);
    } catch (ConfigInvalidException e) {
      throw new IllegalArgumentException(e);
    }
    return config;
  }

  @Override
  public void load() {
    // There is no file.
  }

  @Override
  public void save() {
    // There is no file.
  }

  @Override
  public boolean isOutdated() {
    return false;
  }

  @Override
  public String toString() {
    return getClass().getSimpleName();
  }
}
