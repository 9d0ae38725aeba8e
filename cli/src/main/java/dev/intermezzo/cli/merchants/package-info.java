/** {@code intermezzo merchants}: accounts, merchants and integrations declared in a file, checked, sealed and published. */
@NullMarked
package dev.intermezzo.cli.merchants;

import org.jspecify.annotations.NullMarked;
