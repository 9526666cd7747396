package org.purgatory.sync.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Cancels the calls of a connection that is lost. The HTTP server's gRPC bridge reports only what a
 * client cancels itself: without this, the stream of a relay that was killed would stay for ever,
 * with all that it holds.
 */
@Singleton
@GlobalInterceptor
public class LostConnections implements ServerInterceptor {

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    // Set by Quarkus around this very method; not there on a gRPC server of its own.
    RoutingContext http = Vertx.currentContext().getLocal(RoutingContext.class.getName());
    if (http == null) {
      return next.startCall(call, headers);
    }
    TrackedCall<Q, R> tracked = new TrackedCall<>(call);
    ServerCall.Listener<Q> listener = next.startCall(tracked, headers);
    http.addEndHandler(
        end -> {
          if (!tracked.closed && !tracked.isCancelled()) {
            tracked.lost = true;
            listener.onCancel();
          }
        });
    return listener;
  }

  /** Knows how the call ended. Used on the call's thread only. */
  private static final class TrackedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {

    private boolean closed;
    private boolean lost;

    TrackedCall(ServerCall<Q, R> call) {
      super(call);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      closed = true;
      super.close(status, trailers);
    }

    @Override
    public boolean isCancelled() {
      return lost || super.isCancelled();
    }
  }
}
