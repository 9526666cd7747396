/**
 * What integration tests and the demo are made of: real repositories made by C git, a real git
 * server over http that can misbehave on demand, the packaged sidecar as a process of its own, and
 * a grpc-js client.
 */
package org.purgatory.sync.testkit;
