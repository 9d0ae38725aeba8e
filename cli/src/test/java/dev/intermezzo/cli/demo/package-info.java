/** Tests of the demonstration. */
@NullMarked
package dev.intermezzo.cli.demo;

import org.jspecify.annotations.NullMarked;
