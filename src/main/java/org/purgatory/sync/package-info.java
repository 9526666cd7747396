/**
 * Where the program is put together: its configuration, the settings that the parts get from it,
 * and which part is plugged into which port. The only package that sees all others, and the only
 * one that asks the machine for the time.
 */
package org.purgatory.sync;
