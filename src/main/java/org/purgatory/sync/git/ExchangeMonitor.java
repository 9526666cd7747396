package org.purgatory.sync.git;

import java.util.function.BooleanSupplier;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Lets JGit look whether its work is still wanted. It shows progress to nobody. */
final class ExchangeMonitor extends EmptyProgressMonitor {

  private final BooleanSupplier cancelled;

  ExchangeMonitor(BooleanSupplier cancelled) {
    this.cancelled = cancelled;
  }

  @Override
  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }
}
