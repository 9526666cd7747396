/**
 * What the native executable needs and the JVM does not: what GraalVM cannot see by itself. Nothing
 * here does anything on the JVM, and no other package depends on it.
 */
package org.purgatory.sync.nativeimage;
