/**
 * Holds what is deployed, images and manifests, to what the program is, without Docker and without
 * a cluster.
 */
package org.purgatory.sync.deployment;
