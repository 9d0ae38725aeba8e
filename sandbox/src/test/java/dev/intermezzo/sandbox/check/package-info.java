/** Tests. */
@NullMarked
package dev.intermezzo.sandbox.check;

import org.jspecify.annotations.NullMarked;
