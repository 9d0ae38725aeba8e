@NullMarked
package dev.intermezzo.cli.notifications;

import org.jspecify.annotations.NullMarked;
