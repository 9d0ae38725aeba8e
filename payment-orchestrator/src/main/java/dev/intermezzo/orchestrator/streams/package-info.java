/** What both Streams applications of this module share: their lifecycle, durable due times, dead letters. */
@NullMarked
package dev.intermezzo.orchestrator.streams;

import org.jspecify.annotations.NullMarked;
