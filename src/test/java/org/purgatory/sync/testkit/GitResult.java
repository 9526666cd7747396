package org.purgatory.sync.testkit;

import java.nio.charset.StandardCharsets;

/**
 * What a git process answered.
 *
 * @param exitCode 0 if it succeeded
 * @param bytes its standard output
 * @param stderr its standard error
 */
public record GitResult(int exitCode, byte[] bytes, String stderr) {

  /** Whether git succeeded. */
  public boolean ok() {
    return exitCode == 0;
  }

  /** The standard output as text, without the line end. */
  public String stdout() {
    return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
  }

  /** Everything that git said, for a failure's message. */
  public String output() {
    return (stdout() + "\n" + stderr).strip();
  }
}
