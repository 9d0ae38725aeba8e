/** What stages of every kind measure in the same way. Names and labels are public: docs/metrics.md lists them. */
@NullMarked
package dev.intermezzo.runtime.metrics;

import org.jspecify.annotations.NullMarked;
