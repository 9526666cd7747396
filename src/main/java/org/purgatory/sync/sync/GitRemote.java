package org.purgatory.sync.sync;

import java.util.concurrent.CompletionStage;

/** Port to other people's git servers. Nothing that a server does comes back as an exception. */
public interface GitRemote {

  /**
   * Makes one exchange with a server, within the total timeout.
   *
   * @param request what to ask for, and where
   * @param onArrival called at most once, as soon as it is certain that the server has received the
   *     first request; from any thread, and must return at once
   * @return what came of it; the caller's thread is never blocked
   */
  CompletionStage<FetchResult> fetch(FetchRequest request, Runnable onArrival);
}
