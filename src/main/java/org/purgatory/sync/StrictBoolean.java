package org.purgatory.sync;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads {@code true} and {@code false}, and nothing else. The usual converter takes whatever it
 * does not know for {@code false}, so that a typing error would switch the checking of signatures
 * off.
 */
public final class StrictBoolean implements Converter<Boolean> {

  private static final long serialVersionUID = 1L;

  @Override
  public Boolean convert(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException('"' + value + "\" is not allowed: true or false");
    };
  }
}
