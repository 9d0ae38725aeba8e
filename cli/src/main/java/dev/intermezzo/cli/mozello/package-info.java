/** Mozello's signatures on the command line: verify what was recorded, sign what will be sent. */
@NullMarked
package dev.intermezzo.cli.mozello;

import org.jspecify.annotations.NullMarked;
