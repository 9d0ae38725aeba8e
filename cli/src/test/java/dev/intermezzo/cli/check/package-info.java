@NullMarked
package dev.intermezzo.cli.check;

import org.jspecify.annotations.NullMarked;
