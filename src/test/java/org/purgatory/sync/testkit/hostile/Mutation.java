package org.purgatory.sync.testkit.hostile;

import static org.purgatory.sync.testkit.hostile.GitText.joined;

import java.util.Arrays;
import java.util.Random;

/** Spoils bytes in the ways that find what parsers overlook. The same chance, the same bytes. */
public final class Mutation {

  private static final byte[] TELLING = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, '0', 'f', '\n', ' '};

  private Mutation() {}

  /** Spoils bytes a few times over. */
  public static byte[] of(byte[] original, Random random) {
    byte[] bytes = original;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      bytes = bytes.length == 0 ? new byte[] {1} : once(bytes, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(1 + random.nextInt(64)));
    byte[] before = Arrays.copyOf(bytes, at);
    byte[] chunk = Arrays.copyOfRange(bytes, at, to);
    byte[] after = Arrays.copyOfRange(bytes, to, bytes.length);
    return switch (random.nextInt(9)) {
      case 0 -> joined(before, flipped(chunk, random), after);
      case 1 ->
          joined(before, new byte[] {TELLING[random.nextInt(TELLING.length)]}, tail(bytes, at));
      case 2 -> before;
      case 3 -> joined(before, after);
      case 4 -> joined(before, chunk, chunk, after);
      case 5 -> joined(before, random(chunk.length, random), tail(bytes, at));
      case 6 -> joined(before, random(chunk.length, random), after);
      case 7 -> joined(after, chunk, before);
      default -> {
        byte[] copy = bytes.clone();
        int from = random.nextInt(bytes.length);
        int length = Math.min(chunk.length, bytes.length - from);
        System.arraycopy(chunk, 0, copy, from, length);
        yield copy;
      }
    };
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] flipped(byte[] chunk, Random random) {
    byte[] copy = chunk.clone();
    copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
    return copy;
  }

  private static byte[] random(int length, Random random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
