package org.purgatory.sync.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.sync.FamilyRepositories;

/**
 * One exchange with one server, into a repository that lives as long as the attempt. Objects go on
 * to the family's quarantine if one of those asked for is complete.
 */
final class FetchAttempt {

  private final Volume volume;
  private final Quarantines quarantines;
  private final KnownLacks lacks;
  private final HttpExchange exchange;
  private final BooleanSupplier over;

  /**
   * Prepares an attempt.
   *
   * @param lacks what is known of servers, and gets to be known
   * @param exchange makes its connections
   * @param over whether its time is up
   */
  FetchAttempt(
      Volume volume,
      Quarantines quarantines,
      KnownLacks lacks,
      HttpExchange exchange,
      BooleanSupplier over) {
    this.volume = volume;
    this.quarantines = quarantines;
    this.lacks = lacks;
    this.exchange = exchange;
    this.over = over;
  }

  /**
   * Fetches objects with all that they reach.
   *
   * @param onArrival called once the server has answered the first request
   * @return those asked for that are complete now, in the family's quarantine or repositories
   * @throws LackingException if the server does not have what it was asked for
   * @throws CancelledException if time was up
   */
  Set<ObjectId> fetch(
      FamilyRepositories family, CloneUrl url, Set<ObjectId> wanted, Runnable onArrival)
      throws IOException {
    Path attempt = quarantines.draft();
    try {
      WaryObjectChecker checker = new WaryObjectChecker();
      OwnerObjects owners;
      try (FamilyView view = open(attempt, family)) {
        owners = view.owners();
        transfer(view, url, wanted, checker, onArrival);
      }
      // A server may claim that histories end early. They do not end for us.
      Files.deleteIfExists(attempt.resolve("shallow"));
      boolean whole = checker.links().isWhole(wanted);
      Set<ObjectId> complete = whole ? wanted : Set.of();
      if (!whole || !checker.modules().isEmpty()) {
        try (FamilyView view = open(attempt, family);
            ObjectReader reader = view.repository().newObjectReader()) {
          ObjectRules.checkModules(checker.modules(), reader, over);
          if (!whole) {
            complete =
                new Connectivity(reader, view.tips(), checker.types(), over).complete(wanted);
          }
        }
      }
      if (!complete.isEmpty()) {
        Promotion.promote(attempt, quarantines, family, owners, complete, checker.links());
      }
      return complete;
    } finally {
      quarantines.discard(attempt);
    }
  }

  private FamilyView open(Path attempt, FamilyRepositories family) throws IOException {
    return FamilyView.openAttempt(attempt, volume, quarantines, family, exchange.meter());
  }

  private void transfer(
      FamilyView view,
      CloneUrl url,
      Set<ObjectId> wanted,
      WaryObjectChecker checker,
      Runnable onArrival)
      throws IOException {
    try (Transport transport = Transport.open(view.repository(), new URIish(url.value()))) {
      ((TransportHttp) transport).setHttpConnectionFactory(exchange);
      transport.setCredentialsProvider(null);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setObjectChecker(checker);
      try (FetchConnection connection = transport.openFetch()) {
        onArrival.run();
        requireSmart(connection, url);
        transfer(view, connection, new Asking(lacks, url, wanted, exchange, connection));
      }
    } catch (URISyntaxException e) {
      throw new TransportException("not a URL", e);
    }
    if (over.getAsBoolean()) {
      // JGit ends quietly then.
      throw new CancelledException();
    }
  }

  private void transfer(FamilyView view, FetchConnection connection, Asking asking)
      throws IOException {
    Set<ObjectId> asked = asking.worthAsking();
    if (asked.isEmpty()) {
      throw new LackingException(asking.wanted());
    }
    // Not sooner: a server that never greets costs no files, and the end of its greeting comes
    // while they are made.
    Path attempt = view.repository().getDirectory().toPath();
    quarantines.make(attempt);
    // So that servers tell of no progress. The pack's receiver sees if time is up.
    ProgressMonitor none = NullProgressMonitor.INSTANCE;
    try {
      // The directories reach the disk while the server works, rather than with the pack.
      Meanwhile.run(
          () -> Directories.sync(PackFiles.directory(attempt)),
          () -> connection.fetch(none, asRefs(asked), view.tips()));
    } catch (TransportException e) {
      Optional<ObjectId> lacking = MissingObjects.named(e, asked);
      if (lacking.isPresent()) {
        throw new LackingException(asking.refused(lacking.get()));
      }
      throw e;
    }
  }

  /**
   * Refuses servers of mere files: JGit would walk them object by object, each an exchange of its
   * own, and follow them to further places.
   */
  private static void requireSmart(FetchConnection connection, CloneUrl url)
      throws TransportException {
    if (!(connection instanceof BasePackFetchConnection)) {
      throw new TransportException("the server does not speak git's smart protocol: " + url);
    }
  }

  private static List<Ref> asRefs(Set<ObjectId> wanted) {
    return wanted.stream()
        .sorted()
        .map(id -> (Ref) new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id))
        .collect(Collectors.toList());
  }
}
