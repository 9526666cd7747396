package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends processes the signals that Java has no word for. */
final class Signals {

  private Signals() {}

  static void send(String name, long pid) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
      if (exit != 0) {
        throw new AssertionError("kill -" + name + " " + pid + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while sending a signal", e);
    }
  }
}
