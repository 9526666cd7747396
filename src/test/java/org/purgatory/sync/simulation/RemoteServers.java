package org.purgatory.sync.simulation;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Domain;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.sync.CircuitCause;
import org.purgatory.sync.sync.ExchangeSign;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchFailure;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.GitRemote;

/** Other people's git servers, and the way there. */
final class RemoteServers {

  private static final long CONNECTING = 300_000;
  private static final long SLOWEST = 20_000_000;
  private static final long USUAL = 400_000;
  private static final int LONGEST_PATIENCE = 90;
  private static final ExchangeSign ANSWERED = new ExchangeSign.Answered();

  /** A server as it is now. */
  private static final class State {
    private final Set<Oid> has;
    private final boolean partial;
    private Server.Mood mood;

    private State(Server server) {
      has = new TreeSet<>(server.has());
      partial = server.partial();
      mood = server.mood();
    }
  }

  private final World world;
  private final Map<CloneUrl, State> servers = new TreeMap<>();
  private final Set<Exchange> open = new LinkedHashSet<>();
  private final Politeness politeness;

  RemoteServers(World world, Scenario scenario) {
    this.world = world;
    this.politeness = new Politeness(world, scenario.terms().limits());
    scenario.servers().forEach(server -> servers.put(server.url(), new State(server)));
  }

  void gain(CloneUrl url, Set<Oid> objects) {
    servers.get(url).has.addAll(objects);
  }

  void swing(CloneUrl url, Server.Mood mood) {
    servers.get(url).mood = mood;
  }

  /** From now on all of them work. */
  void heal() {
    servers.values().forEach(server -> server.mood = Server.Mood.WELL);
  }

  boolean has(CloneUrl url, Oid object) {
    return servers.get(url).has.contains(object);
  }

  /** A dead replica's connections end. */
  void died(Process replica) {
    Set.copyOf(open).forEach(exchange -> exchange.endIfOf(replica));
  }

  /** What stands still cannot keep its permits, nor close its connections. */
  void standsStill(Process replica) {
    open.stream().filter(exchange -> exchange.replica == replica).forEach(e -> e.counts = false);
  }

  GitRemote viewOf(Process replica) {
    return (request, control) -> new Exchange(replica, request, control).begin();
  }

  /** One fetch. */
  private final class Exchange {
    private final Process replica;
    private final FetchRequest request;
    private final FetchControl control;
    private final CompletableFuture<FetchResult> result = new CompletableFuture<>();
    private boolean counts = true;
    private boolean atServer;

    private Exchange(Process replica, FetchRequest request, FetchControl control) {
      this.replica = replica;
      this.request = request;
      this.control = control;
    }

    private CompletionStage<FetchResult> begin() {
      world.trace.note(replica, () -> "fetch " + request.url() + " " + Words.of(request.oids()));
      world.volume.isNeeded(replica, request);
      open.add(this);
      control.onAbort(() -> end(failed(FetchFailure.LOCAL, "aborted")));
      if (!result.isDone()) {
        world.schedule.after(Process.WORLD, 1 + world.schedule.upTo(CONNECTING), this::arrive);
        world.schedule.after(
            replica,
            Schedule.micros(world.terms().fetchTimeout()),
            () -> end(failed(FetchFailure.TIMEOUT, "too slow")));
      }
      return result;
    }

    private void arrive() {
      if (!open.contains(this)) {
        return;
      }
      State server = servers.get(request.url());
      if (server.mood == Server.Mood.DOWN) {
        answer(
            0,
            new ExchangeSign.Unreachable(CircuitCause.UNREACHABLE),
            () -> failed(FetchFailure.UNREACHABLE, "refused"));
        return;
      }
      atServer = true;
      politeness.arrived(request.url().domain());
      Fault fault = world.faults.begins("fetch");
      switch (server.mood) {
        case STALLED -> answering(SLOWEST);
        case FAILING -> answer(USUAL, ANSWERED, () -> failed(FetchFailure.SERVER_ERROR, "500"));
        case BUSY -> answer(USUAL, patience(), () -> failed(FetchFailure.RATE_LIMITED, "429"));
        case SLOW -> answer(SLOWEST, ANSWERED, () -> bring(server));
        default -> answer(USUAL, ANSWERED, () -> bring(server));
      }
      if (fault != null) {
        world.befallsOutside(replica, fault);
      }
    }

    /** The first bytes of the answer: now the client knows that its request has arrived. */
    private long answering(long slowest) {
      long first = world.schedule.upTo(slowest / 2);
      world.schedule.after(replica, first, control::arrived);
      return first;
    }

    private ExchangeSign patience() {
      return new ExchangeSign.AskedForPatience(
          Duration.ofSeconds(1 + world.schedule.random().nextInt(LONGEST_PATIENCE)));
    }

    private void answer(long slowest, ExchangeSign sign, Supplier<FetchResult> what) {
      long wait = atServer ? answering(slowest) : 0;
      world.schedule.after(
          replica,
          wait + world.schedule.upTo(slowest / 2),
          () -> {
            if (open.contains(this)) {
              control.showed(sign);
              end(what.get());
            }
          });
    }

    private FetchResult bring(State server) {
      Set<Oid> given = new TreeSet<>(request.oids());
      given.retainAll(server.has);
      Optional<Oid> lacking =
          request.oids().stream().filter(oid -> !given.contains(oid)).findFirst();
      if (lacking.isPresent() && (given.isEmpty() || !server.partial)) {
        return new FetchResult.ObjectMissing(lacking.get());
      }
      world.volume.brought(request.family(), given);
      return new FetchResult.Fetched(given, given.size());
    }

    private void end(FetchResult how) {
      if (close()) {
        world.trace.note(replica, () -> "fetched " + request.url() + " " + how(how));
        result.complete(how);
      }
    }

    private void endIfOf(Process dead) {
      if (replica == dead) {
        close();
      }
    }

    private boolean close() {
      return open.remove(this);
    }
  }

  /** The fetches from a domain that have not ended. */
  int fetchesFrom(Domain domain) {
    return (int) open.stream().filter(e -> e.request.url().domain().equals(domain)).count();
  }

  /** Those of a domain's exchanges that count. */
  int openAt(Domain domain) {
    return (int)
        open.stream()
            .filter(e -> e.counts && e.atServer && e.request.url().domain().equals(domain))
            .count();
  }

  private static String how(FetchResult result) {
    return result instanceof FetchResult.Fetched fetched
        ? Words.of(fetched.oids())
        : result.toString();
  }

  private static FetchResult failed(FetchFailure failure, String detail) {
    return new FetchResult.Failed(failure, detail);
  }
}
