/** Which misfortune strikes which payment, fixed beforehand so that driver and simulators agree. */
@NullMarked
package dev.intermezzo.sandbox.faults;

import org.jspecify.annotations.NullMarked;
