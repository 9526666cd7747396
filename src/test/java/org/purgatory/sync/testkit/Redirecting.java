package org.purgatory.sync.testkit;

import java.io.IOException;
import java.util.Map;

/** The server has moved: the same path and query below another base URL, for good. */
record Redirecting(String baseUrl) implements Behaviour {

  @Override
  public boolean settles(Visit visit) throws IOException {
    // The request's own spelling: what came percent-encoded goes on percent-encoded.
    visit.answer(301, Map.of("Location", baseUrl + visit.exchange().getRequestURI()));
    return true;
  }
}
