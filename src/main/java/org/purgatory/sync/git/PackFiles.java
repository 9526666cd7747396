package org.purgatory.sync.git;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Puts finished pack files into a repository, in the order in which git looks for them. */
final class PackFiles {

  private static final int ALL_READ = 0444;
  private static final int NAME_BYTES = 20;

  /** Behind "PACK" and the version. */
  private static final int COUNT_AT = 8;

  private PackFiles() {}

  /** Where a repository has its packs. */
  static Path directory(Path repository) {
    return repository.resolve("objects/pack");
  }

  /** A pack's name that nobody has used before. It looks like a hash, as JGit demands. */
  static String newName() {
    byte[] bytes = new byte[NAME_BYTES];
    // Made here, as one made with the class would be a part of the native executable, seed and all.
    new SecureRandom().nextBytes(bytes);
    return "pack-" + HexFormat.of().formatHex(bytes);
  }

  /** How many objects a pack has, as its head says. */
  static long objects(Path pack) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(pack))) {
      in.skipNBytes(COUNT_AT);
      return Integer.toUnsignedLong(in.readInt());
    }
  }

  /** The name of a pack, without a suffix. */
  static String name(Path pack) {
    String file = pack.getFileName().toString();
    return file.substring(0, file.length() - ".pack".length());
  }

  /** The index that belongs to a pack file. */
  static Path index(Path pack) {
    return pack.resolveSibling(name(pack) + ".idx");
  }

  /**
   * Moves a pack into place, on one file system, readable for whom the directory is. If the
   * repository has it already, it stays. The names survive a power cut once the directory is
   * synced.
   *
   * @param pack the pack file, synced to disk
   * @param index its index, synced to disk
   * @param directory the repository's {@code objects/pack}
   * @param name the pack's name, without a suffix
   */
  static void install(Path pack, Path index, Path directory, String name) throws IOException {
    if (Files.exists(directory.resolve(name + ".idx"))) {
      Files.deleteIfExists(pack);
      Files.deleteIfExists(index);
      return;
    }
    int mode = FileMode.bits(directory) & ALL_READ;
    FileMode.set(pack, mode);
    FileMode.set(index, mode);
    // Whoever sees the index must find the pack.
    Files.move(pack, directory.resolve(name + ".pack"), StandardCopyOption.ATOMIC_MOVE);
    Files.move(index, directory.resolve(name + ".idx"), StandardCopyOption.ATOMIC_MOVE);
  }
}
