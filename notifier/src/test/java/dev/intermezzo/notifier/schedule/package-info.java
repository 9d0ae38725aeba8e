/** Tests of the schedule. */
@NullMarked
package dev.intermezzo.notifier.schedule;

import org.jspecify.annotations.NullMarked;
