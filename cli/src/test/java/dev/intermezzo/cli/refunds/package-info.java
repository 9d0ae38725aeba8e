@NullMarked
package dev.intermezzo.cli.refunds;

import org.jspecify.annotations.NullMarked;
