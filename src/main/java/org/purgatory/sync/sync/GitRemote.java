package org.purgatory.sync.sync;

import java.util.concurrent.CompletionStage;

/** Port to other people's git servers. Nothing that a server does comes back as an exception. */
public interface GitRemote {

  /**
   * Makes one exchange with a server, within the total timeout.
   *
   * @param request what to ask for, and where
   * @param control hears when the server has received the request and, before the fetch ends, what
   *     the exchange has shown of the server; may end the fetch
   * @return what came of it; the caller's thread is never blocked
   */
  CompletionStage<FetchResult> fetch(FetchRequest request, FetchControl control);
}
