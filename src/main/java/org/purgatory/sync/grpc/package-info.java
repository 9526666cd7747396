/**
 * The gRPC service: requests become domain calls, whole or not at all; results and failures become
 * messages and statuses. What is wrong with a request is said here; what happens is said in {@code
 * sync}.
 */
package org.purgatory.sync.grpc;
