package org.purgatory.sync.grpc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.purgatory.sync.nostr.InvalidValueException;

/**
 * Collects what is wrong with a request. All of it is counted, but only so much kept as clients
 * take: it travels in HTTP/2 trailers, where many of them refuse more than 8 KB and would see an
 * unrelated error instead.
 */
final class Violations {

  private static final int MOST_KEPT = 100;
  private static final int MOST_BYTES = 4096;

  private final List<Violation> kept = new ArrayList<>();
  private int bytes;
  private int count;

  /** Counts a violation, and keeps it if there is room. */
  void add(String field, String description) {
    count++;
    bytes += length(field) + length(description);
    if (kept.isEmpty() || (kept.size() < MOST_KEPT && bytes <= MOST_BYTES)) {
      kept.add(new Violation(field, description));
    }
  }

  /**
   * Reads a field's value.
   *
   * @param field the field
   * @param reading makes the value, or throws {@link InvalidValueException}
   * @return the value, or empty if that is a violation
   */
  <T> Optional<T> read(String field, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (InvalidValueException e) {
      add(field, e.getMessage());
      return Optional.empty();
    }
  }

  /** Refuses the request if anything is wrong with it. */
  void refuseIfAny() {
    if (count > 0) {
      throw new RefusedException(new Refusal.BadInput(kept, count));
    }
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
