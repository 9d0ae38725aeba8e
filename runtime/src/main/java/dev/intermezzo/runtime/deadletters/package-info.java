/**
 * What a stage could not take, sealed, with its position.
 */
@NullMarked
package dev.intermezzo.runtime.deadletters;

import org.jspecify.annotations.NullMarked;
