@NullMarked
package dev.intermezzo.ingress.pages;

import org.jspecify.annotations.NullMarked;
