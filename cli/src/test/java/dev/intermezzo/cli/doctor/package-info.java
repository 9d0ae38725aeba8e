@NullMarked
package dev.intermezzo.cli.doctor;

import org.jspecify.annotations.NullMarked;
