package org.purgatory.sync.store.redis;

import org.purgatory.sync.sync.ExchangeSign;

/** Writes what an exchange has shown as the scripts read it. */
final class SignText {

  private SignText() {}

  /** Whether the server answered, or what failed; empty for no sign. */
  static String shown(ExchangeSign sign) {
    if (sign instanceof ExchangeSign.Unreachable unreachable) {
      return unreachable.cause().label();
    }
    return sign instanceof ExchangeSign.NoSign ? "" : "answered";
  }

  /** For how long the server wants nobody to come. */
  static String wait(ExchangeSign sign) {
    return sign instanceof ExchangeSign.AskedForPatience patience
        ? Micros.of(patience.duration())
        : "0";
  }
}
