package org.purgatory.sync.testkit;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executor;

/** Lets C git's own {@code git http-backend} answer requests, streaming both ways. */
final class GitHttpBackend {

  private final Path root;
  private final Executor executor;
  private volatile boolean oldProtocol;
  private volatile int heldBack = HeldBackTail.WHOLE;

  GitHttpBackend(Path root, Executor executor) {
    this.root = root;
    this.executor = executor;
  }

  /** Answers in version 0 of git's protocol from now on, whatever clients ask for. */
  void speakOldProtocol() {
    oldProtocol = true;
  }

  /** Passes on all that git writes as it comes, from now on. */
  void holdNothingBack() {
    heldBack = 0;
  }

  void answer(Visit visit) throws IOException {
    HttpExchange exchange = visit.exchange();
    ProcessBuilder builder =
        new ProcessBuilder("git", "http-backend").redirectError(Redirect.DISCARD);
    GitEnvironment.isolate(builder.environment());
    describe(exchange, builder.environment());
    Process process = builder.start();
    try {
      executor.execute(() -> feed(exchange.getRequestBody(), process.getOutputStream()));
      try (InputStream answer = new BufferedInputStream(process.getInputStream())) {
        CgiHead head = CgiHead.read(answer);
        head.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(head.status(), 0);
        HeldBackTail.copy(
            answer, exchange.getResponseBody(), heldBack, visit::count, visit::countOut);
      }
    } finally {
      // If the client has hung up, git would go on packing for nobody.
      process.destroy();
    }
  }

  private void describe(HttpExchange exchange, Map<String, String> environment) {
    Headers headers = exchange.getRequestHeaders();
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put("REMOTE_ADDR", exchange.getRemoteAddress().getAddress().getHostAddress());
    putIfGiven(environment, "QUERY_STRING", exchange.getRequestURI().getRawQuery());
    putIfGiven(environment, "CONTENT_TYPE", headers.getFirst("Content-Type"));
    putIfGiven(environment, "CONTENT_LENGTH", headers.getFirst("Content-Length"));
    putIfGiven(environment, "HTTP_CONTENT_ENCODING", headers.getFirst("Content-Encoding"));
    if (!oldProtocol) {
      putIfGiven(environment, "GIT_PROTOCOL", headers.getFirst("Git-Protocol"));
    }
  }

  private static void putIfGiven(Map<String, String> environment, String name, String value) {
    if (value != null) {
      environment.put(name, value);
    }
  }

  private static void feed(InputStream request, OutputStream stdin) {
    try (stdin) {
      request.transferTo(stdin);
    } catch (IOException e) {
      // Either side has gone; the answer tells, or the lack of one.
      return;
    }
  }
}
