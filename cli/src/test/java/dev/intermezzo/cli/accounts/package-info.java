@NullMarked
package dev.intermezzo.cli.accounts;

import org.jspecify.annotations.NullMarked;
