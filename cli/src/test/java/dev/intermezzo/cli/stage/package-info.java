@NullMarked
package dev.intermezzo.cli.stage;

import org.jspecify.annotations.NullMarked;
