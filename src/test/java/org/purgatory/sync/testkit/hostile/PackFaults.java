package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.GitText.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Packs that are not what they should be. */
final class PackFaults {

  private static final int COUNT_AT = 8;
  private static final byte[] BASE = bytes("base");

  private PackFaults() {}

  static byte[] with(byte[] pack, int at, byte value) {
    byte[] copy = pack.clone();
    copy[at] = value;
    return copy;
  }

  static byte[] flipped(byte[] pack, int at) {
    return with(pack, at, (byte) (pack[at] ^ 0x55));
  }

  static byte[] recounted(byte[] pack, int more) {
    ByteBuffer copy = ByteBuffer.wrap(pack.clone());
    copy.putInt(COUNT_AT, copy.getInt(COUNT_AT) + more);
    return copy.array();
  }

  static byte[] counting(int count) {
    return new PackBytes().add(PackBytes.BLOB, BASE).toBytes(count);
  }

  static byte[] sized(long size) {
    return new PackBytes()
        .raw(PackBytes.header(PackBytes.TREE, size), PackBytes.deflated(BASE))
        .toBytes();
  }

  static byte[] sizeWithoutEnd() {
    byte[] size = new byte[1000];
    Arrays.fill(size, (byte) 0xff);
    return new PackBytes().raw(size).toBytes();
  }

  static byte[] oneObject(int type) {
    return new PackBytes()
        .raw(PackBytes.header(type, BASE.length), PackBytes.deflated(BASE))
        .toBytes();
  }

  static byte[] anotherHistory() {
    byte[] tree = {};
    return new PackBytes()
        .add(PackBytes.TREE, tree)
        .add(PackBytes.COMMIT, GitText.commit(PackBytes.id(PackBytes.TREE, tree)))
        .toBytes();
  }

  static byte[] deltaOnNothing() {
    return new PackBytes().addDelta("3".repeat(40), new byte[] {4, 1, 1, 'x'}).toBytes();
  }

  static byte[] deltaAt(int bytesBefore) {
    return new PackBytes()
        .add(PackBytes.BLOB, BASE)
        .addDelta(bytesBefore, new byte[] {4, 1, 1, 'x'})
        .toBytes();
  }

  static byte[] delta(byte[] delta) {
    return new PackBytes()
        .add(PackBytes.BLOB, BASE)
        .addDelta(PackBytes.id(PackBytes.BLOB, BASE), delta)
        .toBytes();
  }
}
