package dev.intermezzo.ingress.spool;

import java.io.IOException;

/** The spool holds as much as it may. */
final class SpoolFullException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolFullException(long records, long bytes) {
        super("the spool is full: " + records + " records, " + bytes + " bytes");
    }
}
