/** Tests. */
@NullMarked
package dev.intermezzo.sandbox.shop;

import org.jspecify.annotations.NullMarked;
