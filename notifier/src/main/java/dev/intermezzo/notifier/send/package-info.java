/** Tells shops: takes due messages, signs and posts each once, and reports what came of it. It decides nothing. */
@NullMarked
package dev.intermezzo.notifier.send;

import org.jspecify.annotations.NullMarked;
