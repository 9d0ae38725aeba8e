/**
 * The one guarded HTTP client for addresses that came from outside.
 */
@NullMarked
package dev.intermezzo.runtime.http;

import org.jspecify.annotations.NullMarked;
