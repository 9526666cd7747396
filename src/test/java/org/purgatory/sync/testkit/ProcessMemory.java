package org.purgatory.sync.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux tells of the memory of a process (proc_pid_status), in bytes. */
public final class ProcessMemory {

  private ProcessMemory() {}

  /** What it takes now. */
  public static long resident(long pid) {
    return field(pid, "VmRSS:");
  }

  /** The most that it has taken so far. */
  public static long peak(long pid) {
    return field(pid, "VmHWM:");
  }

  private static long field(long pid, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
