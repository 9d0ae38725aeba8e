/**
 * Hostile inputs for the tests of every parser that meets the outside: a {@linkplain dev.intermezzo.fuzzing.Corpus corpus}
 * of examples, {@linkplain dev.intermezzo.fuzzing.Mutation mutations} of them that jqwik draws and shrinks, and a
 * {@linkplain dev.intermezzo.fuzzing.Guard guard} on the time and memory that one input may take. Only tests use it.
 */
@NullMarked
package dev.intermezzo.fuzzing;

import org.jspecify.annotations.NullMarked;
