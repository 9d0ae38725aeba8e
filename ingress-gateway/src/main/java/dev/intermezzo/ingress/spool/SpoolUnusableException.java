package dev.intermezzo.ingress.spool;

import java.nio.file.Path;

/** The spool's folder cannot be used at all. */
public final class SpoolUnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SpoolUnusableException(String message, Throwable cause) {
        super(message, cause);
    }

    private SpoolUnusableException(String message) {
        super(message);
    }

    static SpoolUnusableException taken(Path dir) {
        return new SpoolUnusableException("Another process uses the folder " + dir
                + "; webhook.spool.dir names a folder of its own for each process of the edge.");
    }

    static SpoolUnusableException failing(Path dir, Throwable cause) {
        return new SpoolUnusableException(
                "The folder " + dir + " that webhook.spool.dir names cannot be used: " + cause.getMessage(), cause);
    }
}
