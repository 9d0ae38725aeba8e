/**
 * Tells shops how their orders ended. {@link dev.intermezzo.notifier.ScheduleService} decides when,
 * {@link dev.intermezzo.notifier.SenderService} does it; they meet in topics only.
 */
@NullMarked
package dev.intermezzo.notifier;

import org.jspecify.annotations.NullMarked;
