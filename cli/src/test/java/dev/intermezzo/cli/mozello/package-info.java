/** Tests of Mozello's signatures on the command line. */
@NullMarked
package dev.intermezzo.cli.mozello;

import org.jspecify.annotations.NullMarked;
