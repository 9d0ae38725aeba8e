@NullMarked
package dev.intermezzo.cli.rebuild;

import org.jspecify.annotations.NullMarked;
