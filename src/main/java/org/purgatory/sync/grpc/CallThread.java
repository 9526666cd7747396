package org.purgatory.sync.grpc;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/**
 * The thread that a call belongs to: it runs one task at a time, in the order given, and never in
 * the middle of another. All that touches a call happens there. The HTTP server counts what was
 * written from another thread only later, so that back-pressure would be felt too late.
 */
final class CallThread {

  private CallThread() {}

  /** The thread of the call that is being started now. */
  static Executor current() {
    Context context = Vertx.currentContext();
    return task -> context.runOnContext(nothing -> task.run());
  }
}
