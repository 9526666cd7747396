/** A git server that does whatever a hostile one might, each fault by its name. */
package org.purgatory.sync.testkit.hostile;
