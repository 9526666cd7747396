package org.purgatory.sync.testkit;

import java.util.Locale;
import java.util.Map;

/** The environment of every git process: the same on all machines, whoever runs the tests. */
final class GitEnvironment {

  private GitEnvironment() {}

  /** Takes the user's git settings and proxies out of the environment, and fixes the language. */
  static void isolate(Map<String, String> environment) {
    environment.keySet().removeIf(GitEnvironment::leaksIn);
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("HOME", System.getProperty("java.io.tmpdir"));
    environment.put("LC_ALL", "C.UTF-8");
  }

  private static boolean leaksIn(String name) {
    return name.startsWith("GIT_")
        || name.startsWith("XDG_")
        // A proxy would see requests that are meant for this machine.
        || name.toLowerCase(Locale.ROOT).endsWith("_proxy");
  }
}
