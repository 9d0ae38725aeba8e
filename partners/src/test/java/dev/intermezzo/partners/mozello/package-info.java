@NullMarked
package dev.intermezzo.partners.mozello;

import org.jspecify.annotations.NullMarked;
