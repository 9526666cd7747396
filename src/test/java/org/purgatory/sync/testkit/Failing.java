package org.purgatory.sync.testkit;

import java.io.IOException;
import java.util.Map;

/** Every request fails with the same status. */
record Failing(int status, Map<String, String> headers) implements Behaviour {

  @Override
  public boolean settles(Visit visit) throws IOException {
    visit.answer(status, headers);
    return true;
  }
}
