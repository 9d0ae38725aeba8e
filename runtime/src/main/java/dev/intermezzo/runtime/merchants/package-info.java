/**
 * Accounts, merchants and integrations as a table in memory, fed by the {@code merchants} topic.
 */
@NullMarked
package dev.intermezzo.runtime.merchants;

import org.jspecify.annotations.NullMarked;
