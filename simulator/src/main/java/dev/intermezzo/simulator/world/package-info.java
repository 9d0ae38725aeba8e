/** The world around the pipeline: buyers, edge, Cashier, executors, shop, operators; all in virtual time, all by chance. */
@NullMarked
package dev.intermezzo.simulator.world;

import org.jspecify.annotations.NullMarked;
