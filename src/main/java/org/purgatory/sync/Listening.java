package org.purgatory.sync;

/**
 * Where the gRPC server is to listen.
 *
 * @param host the address of the HTTP server that it shares
 * @param separateGrpcServer whether it has a server of its own all the same
 */
record Listening(String host, boolean separateGrpcServer) {}
