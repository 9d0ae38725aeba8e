@NullMarked
package dev.intermezzo.ingress.http;

import org.jspecify.annotations.NullMarked;
