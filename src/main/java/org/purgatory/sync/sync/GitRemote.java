package org.purgatory.sync.sync;

import java.util.concurrent.CompletionStage;

/** Port to other people's git servers. Nothing that a server does comes back as an exception. */
public interface GitRemote {

  /**
   * Makes one exchange with a server, within the total timeout.
   *
   * @param request what to ask for, and where
   * @param onRequest called once when the first request is about to go out, from any thread; must
   *     return at once
   * @return what came of it; the caller's thread is never blocked
   */
  CompletionStage<FetchResult> fetch(FetchRequest request, Runnable onRequest);
}
