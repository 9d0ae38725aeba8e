/** What the edge's features share of HTTP: a request with bounds, an answer as a value, a refusal with a stable code. */
@NullMarked
package dev.intermezzo.ingress.http;

import org.jspecify.annotations.NullMarked;
