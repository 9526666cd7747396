package org.purgatory.sync.store.redis;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.purgatory.sync.sync.StoreUnavailableException;

/** What Redis' error answers, and failures of the client library, mean to an operator. */
final class RedisErrors {

  private static final String PASSWORD =
      "Redis refused the password: set quarkus.redis.password (and the user, if it has one)";
  private static final String CLUSTER = "the Redis cluster is not complete: look at CLUSTER INFO";

  /** Answers that pass, or that an operator can mend: the same call may work later. */
  private static final Map<String, String> UNAVAILABLE =
      Map.of(
          "READONLY",
          "Redis is a read-only replica: point quarkus.redis.hosts to the primary, or use Sentinel",
          "NOAUTH",
          PASSWORD,
          "WRONGPASS",
          PASSWORD,
          "NOPERM",
          "the user of quarkus.redis.hosts may not do this: give it the commands of docs/redis.md",
          "LOADING",
          "Redis is still loading its data",
          "BUSY",
          "Redis is held up by a script that is not ours",
          "MASTERDOWN",
          "Redis is a replica that has lost its primary",
          "CLUSTERDOWN",
          CLUSTER,
          "TRYAGAIN",
          CLUSTER,
          "MISCONF",
          "Redis cannot save its data and refuses to write: look at its log and its disk");

  private RedisErrors() {}

  /** The failure that callers get for what the client library failed with. */
  static RuntimeException of(Throwable failure) {
    if (failure instanceof StoreUnavailableException unavailable) {
      return unavailable;
    }
    if (isClosed(failure)) {
      return new StoreUnavailableException("the connection to Redis was lost", failure);
    }
    if (isOfTls(failure)) {
      return new StoreUnavailableException(
          "there is no encrypted connection to Redis: is its certificate trusted, and made out to"
              + " the host in quarkus.redis.hosts?",
          failure);
    }
    if (!(failure instanceof ErrorType error)) {
      // Its message may hold a URL with a password.
      return new StoreUnavailableException(
          "Redis cannot be reached: is it running, and is quarkus.redis.hosts right?", failure);
    }
    RedisRefusedException refused = new RedisRefusedException(error.getMessage());
    String meaning = UNAVAILABLE.get(refused.kind());
    return meaning == null ? refused : new StoreUnavailableException(meaning);
  }

  /** Whether Redis answered, even if with an error: the connection works. */
  static boolean isAnswer(Throwable failure) {
    return failure instanceof ErrorType && !isClosed(failure);
  }

  /** The client library says it like an answer. */
  private static boolean isClosed(Throwable failure) {
    return failure instanceof ErrorType error && error.is("CONNECTION_CLOSED");
  }

  private static boolean isOfTls(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(SSLException.class::isInstance);
  }

  /** Whether Redis does not know the script any more: it was restarted, or failed over. */
  static boolean isNoScript(Throwable failure) {
    return failure instanceof ErrorType error && error.getMessage().startsWith("NOSCRIPT");
  }
}
