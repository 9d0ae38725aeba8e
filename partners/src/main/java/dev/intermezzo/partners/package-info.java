/**
 * The protocols of the two partners, free of Kafka and of HTTP clients and servers: what they send is bytes that come in
 * here, what they are told is bytes that go out.
 */
@NullMarked
package dev.intermezzo.partners;

import org.jspecify.annotations.NullMarked;
