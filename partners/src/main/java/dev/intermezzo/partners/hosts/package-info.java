/** Which hosts an installation may talk to or lead to because it is a sandbox. */
@NullMarked
package dev.intermezzo.partners.hosts;

import org.jspecify.annotations.NullMarked;
