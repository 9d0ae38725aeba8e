@NullMarked
package dev.intermezzo.cli.simulate;

import org.jspecify.annotations.NullMarked;
