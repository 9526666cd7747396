package org.purgatory.sync.nativeimage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.jgit.lib.GcConfig.PackRefsMode;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;
import org.eclipse.jgit.transport.PushConfig.PushDefault;
import org.eclipse.jgit.transport.PushConfig.PushRecurseSubmodulesMode;
import org.eclipse.jgit.transport.TransferConfig.FsckMode;

/**
 * The enums of git's configuration that the JGit extension does not know yet. JGit's {@code
 * Config.getEnum} finds their values by reflection, whether the configuration sets one or not.
 */
@RegisterForReflection(
    targets = {
      FsckMode.class,
      IgnoreSubmoduleMode.class,
      PackRefsMode.class,
      PushDefault.class,
      PushRecurseSubmodulesMode.class
    },
    fields = false)
final class JGitReflection {

  private JGitReflection() {}
}
