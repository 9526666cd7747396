package org.purgatory.sync.git;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Makes packs as no git would make them (gitformat-pack). */
final class PackBuilder {

  /** The most that one copy takes from a base. */
  private static final int MOST_COPIED = 0xffffff;

  private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
  private final List<Integer> offsets = new ArrayList<>();

  /** Adds an object; its number is the place in the order of adding. */
  PackBuilder object(int type, byte[] content) {
    return entry(type, content.length, new byte[0], content);
  }

  /** Adds an object that says to be larger than what follows. */
  PackBuilder claiming(int type, long size) {
    return entry(type, size, new byte[0], new byte[0]);
  }

  /** Adds a delta to an object of this pack. */
  PackBuilder delta(int base, byte[] delta) {
    int back = Constants.PACK_SIGNATURE.length + 8 + entries.size() - offsets.get(base);
    byte[] distance = new byte[10];
    int from = distance.length - 1;
    distance[from] = (byte) (back & 0x7f);
    for (back >>= 7; back > 0; back >>= 7) {
      distance[--from] = (byte) (0x80 | --back & 0x7f);
    }
    byte[] head = java.util.Arrays.copyOfRange(distance, from, distance.length);
    return entry(Constants.OBJ_OFS_DELTA, delta.length, head, delta);
  }

  /** Adds a delta to an object that may be anywhere. */
  PackBuilder delta(ObjectId base, byte[] delta) {
    byte[] head = new byte[Constants.OBJECT_ID_LENGTH];
    base.copyRawTo(head, 0);
    return entry(Constants.OBJ_REF_DELTA, delta.length, head, delta);
  }

  /** The pack with its right number of objects and checksum. */
  byte[] pack() {
    return pack(offsets.size());
  }

  /** The pack with a number of objects that it need not have. */
  byte[] pack(int count) {
    ByteArrayOutputStream pack = new ByteArrayOutputStream();
    pack.writeBytes(Constants.PACK_SIGNATURE);
    pack.writeBytes(ByteBuffer.allocate(8).putInt(2).putInt(count).array());
    pack.writeBytes(entries.toByteArray());
    byte[] checksum = Constants.newMessageDigest().digest(pack.toByteArray());
    pack.writeBytes(checksum);
    return pack.toByteArray();
  }

  /** A delta that makes something as large as told by repeating its base, and a few bytes more. */
  static byte[] repeat(int baseSize, int resultSize, String appended) {
    ByteArrayOutputStream delta = new ByteArrayOutputStream();
    size(delta, baseSize);
    size(delta, resultSize);
    int left = resultSize - appended.length();
    while (left > 0) {
      int copied = Math.min(left, Math.min(baseSize, MOST_COPIED));
      delta.write(0x80 | 0x70);
      delta.write(copied);
      delta.write(copied >> 8);
      delta.write(copied >> 16);
      left -= copied;
    }
    if (!appended.isEmpty()) {
      delta.write(appended.length());
      delta.writeBytes(Constants.encodeASCII(appended));
    }
    return delta.toByteArray();
  }

  private static void size(ByteArrayOutputStream out, int size) {
    int left = size;
    for (; left > 0x7f; left >>= 7) {
      out.write(0x80 | left & 0x7f);
    }
    out.write(left);
  }

  private PackBuilder entry(int type, long size, byte[] base, byte[] content) {
    offsets.add(Constants.PACK_SIGNATURE.length + 8 + entries.size());
    long left = size >> 4;
    int first = (int) (type << 4 | size & 15);
    entries.write(left > 0 ? first | 0x80 : first);
    for (; left > 0; left >>= 7) {
      entries.write((int) (left > 0x7f ? left & 0x7f | 0x80 : left));
    }
    entries.writeBytes(base);
    Deflater deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      entries.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return this;
  }
}
