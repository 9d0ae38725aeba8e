/** Networks and addresses as people write them in settings and commands. */
@NullMarked
package dev.intermezzo.runtime.network;

import org.jspecify.annotations.NullMarked;
