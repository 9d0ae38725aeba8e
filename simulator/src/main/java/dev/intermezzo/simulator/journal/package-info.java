/** What truly happened, as the simulated partners and people wrote it down. The checker believes nothing else. */
@NullMarked
package dev.intermezzo.simulator.journal;

import org.jspecify.annotations.NullMarked;
