package org.purgatory.sync.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Writes a pack, byte by byte, as no git would: nothing of it has to be right. */
public final class PackBytes {

  /** Object types as packs number them. */
  public static final int COMMIT = 1;

  /** A tree. */
  public static final int TREE = 2;

  /** A file. */
  public static final int BLOB = 3;

  /** An annotated tag. */
  public static final int TAG = 4;

  private static final int OFS_DELTA = 6;
  private static final int REF_DELTA = 7;
  private static final String[] NAMES = {"", "commit", "tree", "blob", "tag"};

  private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
  private int count;

  /** Adds a whole object. */
  public PackBytes add(int type, byte[] content) {
    return raw(header(type, content.length), deflated(content));
  }

  /** Adds a delta on an object that may be anywhere, or nowhere. */
  public PackBytes addDelta(String base, byte[] delta) {
    return raw(header(REF_DELTA, delta.length), HexFormat.of().parseHex(base), deflated(delta));
  }

  /** Adds a delta on what is so many bytes before it in the pack, below 128. */
  public PackBytes addDelta(int bytesBefore, byte[] delta) {
    return raw(header(OFS_DELTA, delta.length), new byte[] {(byte) bytesBefore}, deflated(delta));
  }

  /** Adds what is counted as one object. */
  public PackBytes raw(byte[]... parts) {
    for (byte[] part : parts) {
      objects.writeBytes(part);
    }
    count++;
    return this;
  }

  /** The pack, as it should be. */
  public byte[] toBytes() {
    return toBytes(count);
  }

  /** The pack, with another number of objects than it has. */
  public byte[] toBytes(int claimed) {
    byte[] body =
        ByteBuffer.allocate(12 + objects.size())
            .put("PACK".getBytes(StandardCharsets.US_ASCII))
            .putInt(2)
            .putInt(claimed)
            .put(objects.toByteArray())
            .array();
    return ByteBuffer.allocate(body.length + 20).put(body).put(sha1(body)).array();
  }

  /** An object's name. */
  public static String id(int type, byte[] content) {
    byte[] head = (NAMES[type] + " " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
    return HexFormat.of()
        .formatHex(
            sha1(ByteBuffer.allocate(head.length + content.length).put(head).put(content).array()));
  }

  /** An object's type and size, as they come before it. */
  public static byte[] header(int type, long size) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    long rest = size >>> 4;
    header.write((rest == 0 ? 0 : 0x80) | type << 4 | (int) (size & 15));
    while (rest != 0) {
      header.write((rest > 0x7f ? 0x80 : 0) | (int) (rest & 0x7f));
      rest >>>= 7;
    }
    return header.toByteArray();
  }

  /** Compresses as git does. */
  public static byte[] deflated(byte[] content) {
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** A checksum, as it ends a pack. */
  public static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
