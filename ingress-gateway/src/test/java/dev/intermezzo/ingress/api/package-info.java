@NullMarked
package dev.intermezzo.ingress.api;

import org.jspecify.annotations.NullMarked;
