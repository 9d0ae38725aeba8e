@NullMarked
package dev.intermezzo.cli.edge;

import org.jspecify.annotations.NullMarked;
