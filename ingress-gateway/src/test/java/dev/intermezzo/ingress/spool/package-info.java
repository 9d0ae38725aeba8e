@NullMarked
package dev.intermezzo.ingress.spool;

import org.jspecify.annotations.NullMarked;
