/** Tests. */
@NullMarked
package dev.intermezzo.sandbox.broker;

import org.jspecify.annotations.NullMarked;
