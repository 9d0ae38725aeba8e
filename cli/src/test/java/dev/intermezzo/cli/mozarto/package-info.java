@NullMarked
package dev.intermezzo.cli.mozarto;

import org.jspecify.annotations.NullMarked;
