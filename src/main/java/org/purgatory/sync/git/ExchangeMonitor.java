package org.purgatory.sync.git;

import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Lets JGit look whether its work is still wanted. It shows progress to nobody. */
class ExchangeMonitor extends EmptyProgressMonitor {

  private final FetchMeter meter;

  ExchangeMonitor(FetchMeter meter) {
    this.meter = meter;
  }

  @Override
  public final boolean isCancelled() {
    return meter.isAborted();
  }
}
