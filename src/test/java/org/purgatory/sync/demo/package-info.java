/** The demonstration that the README's first command runs. Not in the shipped artifact. */
package org.purgatory.sync.demo;
