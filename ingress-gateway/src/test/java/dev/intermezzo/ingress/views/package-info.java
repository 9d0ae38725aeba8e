@NullMarked
package dev.intermezzo.ingress.views;

import org.jspecify.annotations.NullMarked;
