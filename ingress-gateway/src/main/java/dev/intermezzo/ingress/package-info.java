/** The public edge: takes checkouts, webhooks and buyers' answers, publishes them as facts and shows what came of them. */
@NullMarked
package dev.intermezzo.ingress;

import org.jspecify.annotations.NullMarked;
