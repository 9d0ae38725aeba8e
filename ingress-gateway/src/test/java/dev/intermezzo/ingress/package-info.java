@NullMarked
package dev.intermezzo.ingress;

import org.jspecify.annotations.NullMarked;
