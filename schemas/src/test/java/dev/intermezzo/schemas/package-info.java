@NullMarked
package dev.intermezzo.schemas;

import org.jspecify.annotations.NullMarked;
