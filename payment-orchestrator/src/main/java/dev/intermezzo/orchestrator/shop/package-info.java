/** The shop executor: what Mozello is asked before money moves. */
@NullMarked
package dev.intermezzo.orchestrator.shop;

import org.jspecify.annotations.NullMarked;
