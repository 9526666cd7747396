package org.purgatory.sync.store.redis;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.purgatory.sync.sync.ResultPosition;

/** Reads the stream of results in Redis, from any place. */
final class ResultStreamReader {

  private static final ResultPosition ANYWHERE = new ResultPosition(0, 0);
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final RedisCommands commands;
  private final GroupKeys keys;
  private final Script script;
  private final StoredResults stored;

  ResultStreamReader(RedisCommands commands, Scripts scripts, GroupKeys keys) {
    this.commands = commands;
    this.keys = keys;
    this.script = scripts.load("read", "group");
    this.stored = new StoredResults(keys);
  }

  /** Reads what follows a place. Without results only if there are none, or none is wanted. */
  CompletionStage<LogPage> read(ResultPosition after, int most) {
    List<String> arguments =
        List.of(after.token(), String.valueOf(most), String.valueOf(BYTES_AT_ONCE));
    return commands
        .run(script, keys.all(), arguments)
        .thenApply(answer -> LogPage.of(answer, after, stored))
        .thenCompose(
            page -> {
              boolean nothingReadable = page.results().isEmpty() && !page.end().equals(after);
              return nothingReadable && page.continues(after)
                  ? read(page.end(), most)
                  : completedFuture(page);
            });
  }

  /** Reads where the log begins and ends. */
  CompletionStage<LogPage> bounds() {
    return read(ANYWHERE, 0);
  }
}
