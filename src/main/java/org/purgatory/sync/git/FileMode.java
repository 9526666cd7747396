package org.purgatory.sync.git;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Who may do what with a directory, to be given to what is in it.
 *
 * @param bits as in {@code chmod}, set-group-id included
 * @param group the directory's group
 */
record FileMode(int bits, GroupPrincipal group) {

  private static final String MODE = "unix:mode";
  private static final int PERMISSIONS = 07777;
  private static final int OF_FILES = 0666;
  private static final int GROUP_WRITE = 0020;

  static FileMode of(Path directory) throws IOException {
    return new FileMode(
        bits(directory), Files.readAttributes(directory, PosixFileAttributes.class).group());
  }

  /** The permissions of a file or directory, as in {@code chmod}. */
  static int bits(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, MODE) & PERMISSIONS;
  }

  /** Sets the permissions of a file or directory. */
  static void set(Path file, int bits) throws IOException {
    Files.setAttribute(file, MODE, bits);
  }

  boolean isGroupWritable() {
    return (bits & GROUP_WRITE) != 0;
  }

  /** Gives a file or directory of ours the same, the group as far as we are in it. */
  void giveTo(Path file) throws IOException {
    try {
      Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(group);
    } catch (FileSystemException e) {
      // Not a member: it stays with a group of ours.
    }
    set(file, Files.isDirectory(file) ? bits : bits & OF_FILES);
  }
}
