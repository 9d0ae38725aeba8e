/**
 * Typed settings of a stage from a properties file and the environment. Every key has a default or is required, unknown keys
 * are refused, and all problems are told at once.
 */
@NullMarked
package dev.intermezzo.runtime.settings;

import org.jspecify.annotations.NullMarked;
