package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Says of a pack in a quarantine, in a file beside it, that it holds some objects with all that
 * they reach, and nothing else.
 *
 * @param wanted the objects
 */
record PackNote(Set<ObjectId> wanted) {

  private static final String SUFFIX = ".note";

  private static final String END = "end";

  /** Where the note of a pack file is. */
  static Path of(Path pack) {
    return pack.resolveSibling(pack.getFileName() + SUFFIX);
  }

  /** Writes the file. A crash may leave a part of it. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    wanted.forEach(id -> lines.add(id.name()));
    lines.add(END);
    Files.write(file, lines, StandardCharsets.US_ASCII);
  }

  /** Reads a file. What is not all there is no note. */
  static Optional<PackNote> read(Path file) throws IOException {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
      int end = lines.indexOf(END);
      return end < 0
          ? Optional.empty()
          : Optional.of(
              new PackNote(
                  lines.subList(0, end).stream()
                      .map(ObjectId::fromString)
                      .collect(Collectors.toSet())));
    } catch (NoSuchFileException | InvalidObjectIdException e) {
      return Optional.empty();
    }
  }
}
