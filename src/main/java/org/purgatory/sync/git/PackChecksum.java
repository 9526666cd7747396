package org.purgatory.sync.git;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * SHA-1 that is worked out beside the thread that has the bytes, once they are many. JGit hashes a
 * pack on the thread that parses it, which GraalVM's executables do at 230 MB a second, and has no
 * place for another hash than the one it gets from the Java Cryptography Architecture.
 */
final class PackChecksum extends MessageDigest implements Cloneable {

  private static final String ALGORITHM = "SHA-1";
  private static final int PIECE = 128 * 1024;

  private MessageDigest sha1;
  private long hashed;
  private byte[] filling;
  private int filled;
  private byte[] spare;
  private ForkJoinTask<?> hashing;

  private PackChecksum(MessageDigest sha1) {
    super(ALGORITHM);
    this.sha1 = sha1;
  }

  /** Makes it the SHA-1 of this process. */
  static synchronized void install() {
    if (Security.getProvider(Beside.NAME) == null) {
      Security.insertProviderAt(new Beside(), 1);
    }
  }

  @Override
  protected int engineGetDigestLength() {
    return sha1.getDigestLength();
  }

  @Override
  protected void engineUpdate(byte value) {
    if (hashed < PIECE) {
      sha1.update(value);
      hashed++;
      return;
    }
    prepare();
    filling[filled++] = value;
    if (filled == PIECE) {
      handOver();
    }
  }

  @Override
  protected void engineUpdate(byte[] bytes, int offset, int length) {
    if (hashed < PIECE) {
      sha1.update(bytes, offset, length);
      hashed += length;
      return;
    }
    prepare();
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int n = Math.min(end - from, PIECE - filled);
      System.arraycopy(bytes, from, filling, filled, n);
      from += n;
      filled += n;
      if (filled == PIECE) {
        handOver();
      }
    }
  }

  private void prepare() {
    if (filling == null) {
      filling = new byte[PIECE];
      spare = new byte[PIECE];
    }
  }

  private void handOver() {
    settle();
    byte[] full = filling;
    hashing = ForkJoinPool.commonPool().submit(() -> sha1.update(full));
    filling = spare;
    spare = full;
    filled = 0;
  }

  private void settle() {
    if (hashing != null) {
      hashing.join();
      hashing = null;
    }
  }

  @Override
  protected byte[] engineDigest() {
    settle();
    if (filled > 0) {
      sha1.update(filling, 0, filled);
    }
    forget();
    return sha1.digest();
  }

  @Override
  protected void engineReset() {
    settle();
    forget();
    sha1.reset();
  }

  private void forget() {
    filling = null;
    spare = null;
    filled = 0;
    hashed = 0;
  }

  @Override
  public Object clone() throws CloneNotSupportedException {
    settle();
    PackChecksum copy = (PackChecksum) super.clone();
    copy.sha1 = (MessageDigest) sha1.clone();
    if (filling != null) {
      copy.filling = filling.clone();
      copy.spare = spare.clone();
    }
    return copy;
  }

  private static final class Beside extends Provider {

    private static final String NAME = "PurgatorySync";
    private static final long serialVersionUID = 1L;

    Beside() {
      super(NAME, "1", "SHA-1 that is worked out beside the thread that has the bytes");
      Provider others = sha1().getProvider();
      putService(
          new Service(this, "MessageDigest", ALGORITHM, PackChecksum.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
              return new PackChecksum(MessageDigest.getInstance(ALGORITHM, others));
            }
          });
    }

    private static MessageDigest sha1() {
      try {
        return MessageDigest.getInstance(ALGORITHM);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("each Java has SHA-1", e);
      }
    }
  }
}
