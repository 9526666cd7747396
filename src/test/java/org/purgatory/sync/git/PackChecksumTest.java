package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jgit.lib.Constants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackChecksumTest {

  private static final int PIECE = 128 * 1024;

  @BeforeAll
  static void install() {
    PackChecksum.install();
    PackChecksum.install();
  }

  @Test
  void jgitHashesPacksWithIt() {
    assertThat(Constants.newMessageDigest()).isInstanceOf(PackChecksum.class);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0,
        1,
        PIECE - 1,
        PIECE,
        PIECE + 1,
        2 * PIECE - 1,
        2 * PIECE,
        2 * PIECE + 1,
        3 * PIECE,
        9 * PIECE + 7
      })
  void itIsSha1HoweverTheBytesCome(int size) throws Exception {
    byte[] bytes = bytes(size);
    byte[] expected = expected(bytes);
    for (long seed = 0; seed < 20; seed++) {
      MessageDigest checksum = Constants.newMessageDigest();
      update(checksum, bytes, new Random(seed));

      assertThat(checksum.digest()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void itCanBeUsedAgain() throws Exception {
    MessageDigest checksum = Constants.newMessageDigest();
    for (int size : new int[] {5 * PIECE + 1, 3, 4 * PIECE, 0}) {
      checksum.update(bytes(size));
      assertThat(checksum.digest()).isEqualTo(expected(bytes(size)));
    }
    checksum.update(bytes(5 * PIECE + 1));
    checksum.reset();
    assertThat(checksum.digest()).isEqualTo(expected(new byte[0]));
  }

  @Test
  void aCopyGoesItsOwnWay() throws Exception {
    byte[] bytes = bytes(7 * PIECE);
    for (int at : new int[] {10, PIECE + 10, 3 * PIECE, 5 * PIECE + 10}) {
      MessageDigest checksum = Constants.newMessageDigest();
      checksum.update(bytes, 0, at);
      MessageDigest copy = (MessageDigest) checksum.clone();
      checksum.update(bytes, at, bytes.length - at);
      copy.update(new byte[3 * PIECE]);
      MessageDigest other = MessageDigest.getInstance("SHA-1", "SUN");
      other.update(bytes, 0, at);
      other.update(new byte[3 * PIECE]);

      assertThat(checksum.digest()).isEqualTo(expected(bytes));
      assertThat(copy.digest()).isEqualTo(other.digest());
    }
  }

  @Test
  void manyAtOnceDoNotMixWhatTheyHash() throws Exception {
    List<CompletableFuture<byte[]>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      byte[] bytes = bytes((i + 2) * PIECE + i);
      all.add(
          CompletableFuture.supplyAsync(
              () -> {
                MessageDigest checksum = Constants.newMessageDigest();
                update(checksum, bytes, new Random(bytes.length));
                return checksum.digest();
              }));
    }
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).get()).isEqualTo(expected(bytes((i + 2) * PIECE + i)));
    }
  }

  private static void update(MessageDigest checksum, byte[] bytes, Random random) {
    int from = 0;
    while (from < bytes.length) {
      if (random.nextInt(8) == 0) {
        checksum.update(bytes[from++]);
      } else {
        int n = Math.min(bytes.length - from, random.nextInt(PIECE * 2));
        checksum.update(bytes, from, n);
        from += n;
      }
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] expected(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1", "SUN").digest(bytes);
  }
}
