@NullMarked
package dev.intermezzo.runtime.streams;

import org.jspecify.annotations.NullMarked;
