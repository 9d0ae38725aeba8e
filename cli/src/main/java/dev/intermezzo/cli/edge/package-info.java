/** The public edge's addresses as partners are given them. */
@NullMarked
package dev.intermezzo.cli.edge;

import org.jspecify.annotations.NullMarked;
