@NullMarked
package dev.intermezzo.cli.keys;

import org.jspecify.annotations.NullMarked;
