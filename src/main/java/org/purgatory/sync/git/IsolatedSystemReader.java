package org.purgatory.sync.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * JGit's view of this machine, without the user's and the system's git: no configuration but a
 * repository's own, no {@code GIT_*} variable, no process started to find any. What a fetch does is
 * then decided here alone.
 */
final class IsolatedSystemReader extends SystemReader.Delegate {

  private IsolatedSystemReader(SystemReader machine) {
    super(machine);
  }

  /** Makes this JVM's JGit use it. Further calls change nothing. */
  static synchronized void install() {
    SystemReader current = SystemReader.getInstance();
    if (!(current instanceof IsolatedSystemReader)) {
      SystemReader.setInstance(new IsolatedSystemReader(current));
      // How exact file times are takes seconds to measure. Until then JGit is on the safe side.
      FS.FileStoreAttributes.setBackground(true);
    }
  }

  @Override
  public String getenv(String variable) {
    return variable.startsWith("GIT_") ? null : super.getenv(variable);
  }

  /** Only reflog identities would use it, and ours name no host: no resolver is asked. */
  @Override
  public String getHostname() {
    return "localhost";
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    FileBasedConfig config = new FixedConfig(parent, fs);
    // Over a network, what a file was like is known for sure only once it was opened.
    config.setString("core", null, "trustStat", "after_open");
    return config;
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new FixedConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new FixedConfig(parent, fs);
  }
}
