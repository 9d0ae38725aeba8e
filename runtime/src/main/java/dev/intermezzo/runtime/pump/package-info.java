/**
 * The command pump: one consumer, a virtual thread per record, and the contiguous watermark as committed offset.
 */
@NullMarked
package dev.intermezzo.runtime.pump;

import org.jspecify.annotations.NullMarked;
