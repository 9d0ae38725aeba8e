@NullMarked
package dev.intermezzo.ingress.pay;

import org.jspecify.annotations.NullMarked;
