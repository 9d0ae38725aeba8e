/** Tests. */
@NullMarked
package dev.intermezzo.sandbox.load;

import org.jspecify.annotations.NullMarked;
