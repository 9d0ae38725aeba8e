/** Tests of what both simulators share. */
@NullMarked
package dev.intermezzo.sandbox.web;

import org.jspecify.annotations.NullMarked;
