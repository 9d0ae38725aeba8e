/**
 * The formats that last: the topic catalogue, the encoding of every value, ids, and the ledger's hash chain.
 *
 * <p>The wire contract itself is {@code src/main/avro}; its generated classes live in {@code dev.intermezzo.schemas.avro}.
 */
@NullMarked
package dev.intermezzo.schemas;

import org.jspecify.annotations.NullMarked;
