/**
 * The deterministic simulator: the production's decisions on a simulated log in virtual time, among simulated partners, with
 * faults drawn from a seed, and a checker that believes only the partners' journals. Start at {@link
 * dev.intermezzo.simulator.Simulation}.
 */
@NullMarked
package dev.intermezzo.simulator;

import org.jspecify.annotations.NullMarked;
