/** The pipeline on the broker that an installation runs, in a container; needs a Docker engine. */
@NullMarked
package dev.intermezzo.cli.containers;

import org.jspecify.annotations.NullMarked;
