package org.purgatory.sync;

/**
 * What of the framework's own configuration has to fit ours.
 *
 * @param httpHost the address of the HTTP server that gRPC shares
 * @param separateGrpcServer whether gRPC has a server of its own all the same
 * @param redisNamed whether it is said where Redis is
 */
record FrameworkSettings(String httpHost, boolean separateGrpcServer, boolean redisNamed) {}
