/** The one grammar of amounts that both partners' texts are read by and written with. */
@NullMarked
package dev.intermezzo.partners.money;

import org.jspecify.annotations.NullMarked;
