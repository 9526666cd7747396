package org.purgatory.sync.ops;

import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the relay's git data can be read and written: a volume may go away. */
@Readiness
@Singleton
public class GitRootUsable implements HealthCheck {

  private final Path root;

  GitRootUsable(OpsSettings settings) {
    this.root = settings.gitRoot();
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("git root");
    Optional<String> problem = problem();
    problem.ifPresent(text -> response.withData("problem", text));
    return response.status(problem.isEmpty()).build();
  }

  private Optional<String> problem() {
    if (!Files.isDirectory(root)) {
      return Optional.of(root + " is not there: mount the relay's volume");
    }
    if (!Files.isReadable(root) || !Files.isExecutable(root)) {
      return Optional.of(root + " cannot be read: give this process the relay's access to it");
    }
    if (!Files.isWritable(root)) {
      return Optional.of(root + " cannot be written to: mount it writable, with the relay's user");
    }
    return Optional.empty();
  }
}
