/** Commands of this program in processes of their own: started, killed, held still and ended, each by its id. */
@NullMarked
package dev.intermezzo.cli.process;

import org.jspecify.annotations.NullMarked;
