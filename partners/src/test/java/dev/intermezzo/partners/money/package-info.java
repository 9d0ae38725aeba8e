@NullMarked
package dev.intermezzo.partners.money;

import org.jspecify.annotations.NullMarked;
