/** What the orchestrator has told about payments lately, and how a page waits for news. */
@NullMarked
package dev.intermezzo.ingress.views;

import org.jspecify.annotations.NullMarked;
