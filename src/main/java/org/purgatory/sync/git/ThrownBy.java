package org.purgatory.sync.git;

import java.util.Arrays;
import java.util.List;

/**
 * Tells by its stack trace who threw an exception of a type that says nothing: JGit throws plain
 * {@link java.io.IOException}s because of what a server sent, and the JDK does because of a full
 * disk.
 */
final class ThrownBy {

  private static final String JGIT = "org.eclipse.jgit.";
  private static final String TRANSPORT = JGIT + "transport.";
  private static final String PARSER = TRANSPORT + "PackParser";
  private static final List<String> PLATFORM = List.of("java.", "jdk.", "sun.", "javax.");

  private ThrownBy() {}

  /** Whether JGit's reading of what a server says made the exception itself. */
  static boolean transport(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith(TRANSPORT);
  }

  /** Whether JGit's reading of packs is above the one that made the exception. */
  static boolean withinPackParser(Throwable e) {
    return Arrays.stream(e.getStackTrace()).anyMatch(at -> at.getClassName().startsWith(PARSER));
  }

  /**
   * Whether JGit, or the JDK at JGit's bidding, made the exception. A JVM that makes many of a kind
   * leaves out their traces; it does so for what goes wrong in tight loops, as only parsers have.
   */
  static boolean jgit(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> PLATFORM.stream().noneMatch(name::startsWith))
        .findFirst()
        .map(name -> name.startsWith(JGIT))
        .orElse(true);
  }
}
