package org.purgatory.sync.git;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.eclipse.jgit.util.FS;
import org.purgatory.sync.nostr.CloneUrl;
import org.purgatory.sync.nostr.Oid;
import org.purgatory.sync.nostr.PublicKey;
import org.purgatory.sync.nostr.RepositoryIdentifier;
import org.purgatory.sync.sync.FamilyRepositories;
import org.purgatory.sync.sync.Fence;
import org.purgatory.sync.sync.FetchControl;
import org.purgatory.sync.sync.FetchRequest;
import org.purgatory.sync.sync.FetchResult;
import org.purgatory.sync.sync.RepositoryChange;
import org.purgatory.sync.sync.WantedRefs;
import org.purgatory.sync.testkit.BareRepository;
import org.purgatory.sync.testkit.GitWorkshop;

/** A relay's volume with two owners of one identifier, and both adapters working on it. */
final class Fixture implements AutoCloseable {

  static final PublicKey ALICE = new PublicKey("a".repeat(64));
  static final PublicKey BOB = new PublicKey("b".repeat(64));

  static {
    // Once and to its end, or it would write into the directories of tests.
    IsolatedSystemReader.install();
    FS.FileStoreAttributes.setBackground(false);
    FS.getFileStoreAttributes(Path.of(System.getProperty("java.io.tmpdir")));
    FS.FileStoreAttributes.setBackground(true);
  }

  private static final List<IpNetwork> LOOPBACK =
      List.of(IpNetwork.parse("127.0.0.0/8"), IpNetwork.parse("::1/128"));

  final GitSettings settings;
  final Quarantines quarantines;
  final JGitRemote remote;
  final JGitRepositories repositories;
  private final GitWorkshop volume;
  private final RepositoryIdentifier identifier;

  Fixture(Path root, String identifier) {
    this(root, identifier, Duration.ofSeconds(20), Duration.ofSeconds(40));
  }

  Fixture(Path root, String identifier, Duration stall, Duration total) {
    this(settings(root, stall, total, FetchCaps.defaults()), identifier);
  }

  Fixture(GitSettings settings, String identifier) {
    this(
        settings, identifier, SystemDefaultDnsResolver.INSTANCE, SSLContexts.createSystemDefault());
  }

  Fixture(GitSettings settings, String identifier, DnsResolver names, SSLContext tls) {
    this.settings = settings;
    this.identifier = new RepositoryIdentifier(identifier);
    this.volume = GitWorkshop.in(settings.root());
    this.quarantines = new Quarantines(settings, Clock.systemUTC());
    this.remote =
        new JGitRemote(
            settings,
            quarantines,
            new HttpTransport(settings, names, tls),
            Clock.systemUTC(),
            System::nanoTime);
    this.repositories =
        new JGitRepositories(settings, quarantines, Runnable::run, Clock.systemUTC());
  }

  /** Those of a relay whose remote servers are on loopback. */
  static GitSettings settings(Path root, Duration stall, Duration total, FetchCaps caps) {
    return settings(root, stall, total, caps, LOOPBACK);
  }

  static GitSettings settings(
      Path root, Duration stall, Duration total, FetchCaps caps, List<IpNetwork> allowed) {
    Duration connect = Duration.ofSeconds(5);
    return new GitSettings(
        root, RepositoryLayout.NPUB, connect, stall, total, caps, allowed, 4, false);
  }

  RepositoryIdentifier identifier() {
    return identifier;
  }

  BareRepository host(PublicKey owner) {
    return volume.bare(settings.layout().path(owner, identifier));
  }

  FamilyRepositories family(PublicKey... owners) {
    SortedSet<PublicKey> all = new TreeSet<>(Arrays.asList(owners));
    return new FamilyRepositories(identifier, all);
  }

  FetchResult fetch(String url, FamilyRepositories family, String... oids) throws Exception {
    return start(url, family, oids).get(120, TimeUnit.SECONDS);
  }

  CompletableFuture<FetchResult> start(String url, FamilyRepositories family, String... oids) {
    return start(new FetchControl(Clock.systemUTC()), url, family, oids);
  }

  CompletableFuture<FetchResult> start(
      FetchControl control, String url, FamilyRepositories family, String... oids) {
    FetchRequest request = new FetchRequest(family, CloneUrl.parse(url), new TreeSet<>(oids(oids)));
    return remote.fetch(request, control).toCompletableFuture();
  }

  Set<Oid> missing(FamilyRepositories family, String... oids) {
    return repositories.missing(family, oids(oids)).toCompletableFuture().join();
  }

  RepositoryChange apply(FamilyRepositories family, PublicKey owner, WantedRefs wanted)
      throws Throwable {
    return apply(family, owner, wanted, () -> completedFuture(true));
  }

  RepositoryChange apply(FamilyRepositories family, PublicKey owner, WantedRefs wanted, Fence fence)
      throws Throwable {
    try {
      return repositories.apply(family, owner, wanted, fence).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause();
    }
  }

  /**
   * What lies in the directories of processes, but for the empty repository that each of them has
   * for as long as it runs. Beside the directories there are only their locks.
   */
  List<Path> attempts() {
    Path incoming = settings.root().resolve(".purgatory/incoming");
    try {
      List<Path> attempts = new ArrayList<>();
      for (Path entry : Directories.entries(incoming)) {
        if (Files.isDirectory(entry)) {
          attempts.addAll(Directories.entries(entry));
        } else if (!entry.toString().endsWith(".lock")) {
          attempts.add(entry);
        }
      }
      attempts.removeIf(path -> path.endsWith("empty.git"));
      return attempts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Set<Oid> oids(String... oids) {
    return Arrays.stream(oids).map(Oid::new).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    remote.close();
    quarantines.close();
  }
}
