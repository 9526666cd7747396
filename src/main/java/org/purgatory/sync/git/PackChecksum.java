package org.purgatory.sync.git;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * SHA-1 that is worked out beside the thread that has the bytes, once they are many. JGit hashes a
 * pack on the thread that parses it, which GraalVM's executables do at 300 MB a second, and has no
 * place for another hash than the one it gets from the Java Cryptography Architecture.
 */
final class PackChecksum extends MessageDigest implements Cloneable {

  private static final String ALGORITHM = "SHA-1";

  /** Bytes come one by one, too: that is how JGit writes an index. */
  private static final int FEW = 1024;

  private static final int MANY = 128 * 1024;

  private MessageDigest sha1;

  /** How much was hashed here; what follows after {@link #MANY} is hashed elsewhere. */
  private int hashedHere;

  private byte[] filling = new byte[FEW];
  private int filled;

  /** Being hashed elsewhere, or free; null as long as all is hashed here. */
  private byte[] other;

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
    filling[filled++] = value;
    passOnIfFull();
  }

  @Override
  protected void engineUpdate(byte[] bytes, int offset, int length) {
    int from = offset;
    int end = offset + length;
    while (from < end) {
      int n = Math.min(end - from, filling.length - filled);
      System.arraycopy(bytes, from, filling, filled, n);
      from += n;
      filled += n;
      passOnIfFull();
    }
  }

  private void passOnIfFull() {
    if (filled < filling.length) {
      return;
    }
    if (other == null) {
      hashHere();
    } else {
      hashElsewhere();
    }
    filled = 0;
  }

  private void hashHere() {
    sha1.update(filling);
    hashedHere += filling.length;
    if (hashedHere >= MANY) {
      filling = new byte[MANY];
      other = new byte[MANY];
    }
  }

  private void hashElsewhere() {
    settle();
    byte[] full = filling;
    hashing = ForkJoinPool.commonPool().submit(() -> sha1.update(full));
    filling = other;
    other = full;
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
    sha1.update(filling, 0, filled);
    beginAnew();
    return sha1.digest();
  }

  @Override
  protected void engineReset() {
    settle();
    beginAnew();
    sha1.reset();
  }

  private void beginAnew() {
    hashedHere = 0;
    filling = new byte[FEW];
    filled = 0;
    other = null;
  }

  @Override
  public Object clone() throws CloneNotSupportedException {
    settle();
    PackChecksum copy = (PackChecksum) super.clone();
    copy.sha1 = (MessageDigest) sha1.clone();
    copy.filling = filling.clone();
    copy.other = other == null ? null : new byte[MANY];
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
