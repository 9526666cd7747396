package org.purgatory.sync.git;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.FetchConnection;
import org.purgatory.sync.nostr.CloneUrl;

/**
 * What one exchange asks a server for. A server that lacked nothing lately is asked for everything
 * at once. If it turns out to lack an object, its refs say what else it has or may lack, so that
 * many missing objects do not take as many exchanges.
 */
final class Asking {

  private final KnownLacks lacks;
  private final CloneUrl url;
  private final Set<ObjectId> wanted;
  private final HttpExchange exchange;
  private final FetchConnection connection;
  private final boolean suspect;
  private Advertisement refs;

  /**
   * Asks nothing yet.
   *
   * @param lacks what is known of servers
   * @param exchange with which the connection was opened
   * @param connection has read what the server says about itself
   */
  Asking(
      KnownLacks lacks,
      CloneUrl url,
      Set<ObjectId> wanted,
      HttpExchange exchange,
      FetchConnection connection) {
    this.lacks = lacks;
    this.url = url;
    this.wanted = wanted;
    this.exchange = exchange;
    this.connection = connection;
    this.suspect = lacks.any(url);
  }

  /** All that this exchange is for. */
  Set<ObjectId> wanted() {
    return wanted;
  }

  /** What to ask for, possibly nothing. */
  Set<ObjectId> worthAsking() throws IOException {
    return suspect ? lacks.worthAsking(url, refs(), wanted) : wanted;
  }

  /**
   * Hears which object the server refused for.
   *
   * @return what need not be asked for again soon
   */
  Set<ObjectId> refused(ObjectId lacking) {
    Set<ObjectId> shown;
    try {
      // A push in between could hide the object below a new tip, until it is asked for once more.
      lacks.note(url, refs(), lacking);
      shown = new HashSet<>(refs().tips());
    } catch (IOException e) {
      return Set.of(lacking);
    }
    shown.remove(lacking);
    if (shown.isEmpty() && !suspect) {
      return Set.of(lacking);
    }
    Set<ObjectId> rest = new HashSet<>(wanted);
    rest.removeAll(shown);
    return rest;
  }

  private Advertisement refs() throws IOException {
    if (refs == null) {
      Optional<RefsQuestion> question = exchange.refsQuestion();
      refs =
          question.isPresent()
              ? question.get().ask(exchange, wanted)
              : Advertisement.of(connection.getRefs(), wanted);
    }
    return refs;
  }
}
