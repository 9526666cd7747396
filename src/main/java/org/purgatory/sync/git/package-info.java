/**
 * Git by JGit, behind the engine's ports: fetching from other people's servers into a family's
 * quarantine, and moving objects and refs from there into the relay's repositories. Servers are
 * hostile; the relay uses C git on the same repositories at the same time. No framework.
 */
package org.purgatory.sync.git;
