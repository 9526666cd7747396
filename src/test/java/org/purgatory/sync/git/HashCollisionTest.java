package org.purgatory.sync.git;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.eclipse.jgit.util.sha1.SHA1;
import org.eclipse.jgit.util.sha1.Sha1CollisionException;
import org.junit.jupiter.api.Test;

/**
 * Objects are hashed by what notices the making of collisions. Nobody has made one of two git
 * objects yet, so the first 320 bytes of the one of two PDF files do (shattered.io).
 */
class HashCollisionTest {

  private static final String SHATTERED =
      "255044462d312e330a25e2e3cfd30a0a0a312030206f626a0a3c3c2f57696474682032203020522f"
          + "4865696768742033203020522f547970652034203020522f537562747970652035203020522f4669"
          + "6c7465722036203020522f436f6c6f7253706163652037203020522f4c656e677468203820302052"
          + "2f42697473506572436f6d706f6e656e7420383e3e0a73747265616d0affd8fffe00245348412d31"
          + "20697320646561642121212121852fec092339759c39b1a1c63c4c97e1fffe017346dc9166b67e11"
          + "8f029ab621b2560ff9ca67cca8c7f85ba84c79030c2b3de218f86db3a90901d5df45c14f26fedfb3"
          + "dc38e96ac22fe7bd728f0e45bce046d23c570feb141398bb552ef5a0a82be331fea48037b8b5d71f"
          + "0e332edf93ac3500eb4ddc0decc1a864790c782c76215660dd309791d06bd0af3f98cda4bc4629b1";

  @Test
  void objectsThatAreMadeToCollideAreNoticed() {
    IsolatedSystemReader.install();
    SHA1 hash = SHA1.newInstance();
    hash.update(HexFormat.of().parseHex(SHATTERED));

    assertThatThrownBy(hash::digest).isInstanceOf(Sha1CollisionException.class);
  }
}
