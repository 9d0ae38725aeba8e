@NullMarked
package dev.intermezzo.cli.deadletters;

import org.jspecify.annotations.NullMarked;
