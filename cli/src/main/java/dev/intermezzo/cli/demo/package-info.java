/** Drives many payments through a sandbox world and compares every outcome with the truth. */
@NullMarked
package dev.intermezzo.cli.demo;

import org.jspecify.annotations.NullMarked;
