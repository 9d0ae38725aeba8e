/** What every feature needs of one payment: whose it is, how its facts are published, where its buyer may be sent. */
@NullMarked
package dev.intermezzo.ingress.payments;

import org.jspecify.annotations.NullMarked;
