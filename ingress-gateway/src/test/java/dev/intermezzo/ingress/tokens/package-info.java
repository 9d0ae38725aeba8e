@NullMarked
package dev.intermezzo.ingress.tokens;

import org.jspecify.annotations.NullMarked;
