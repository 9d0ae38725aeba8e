package dev.intermezzo.schemas;

import org.apache.avro.SystemLimitException;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * What Avro may do on behalf of bytes that came from outside, set once per process.
 *
 * <p>It makes instances only of classes that it was told to trust, because a schema names the class to make: ours are the
 * generated ones, and whatever was trusted before stays so. And it believes a length that a value declares only up to a
 * bound well above the largest record that Kafka takes, so that ten forged bytes cannot ask for a gigabyte.
 */
final class AvroGuards {
    private static final String GENERATED = "dev.intermezzo.schemas.avro";
    private static final String LONGEST = Integer.toString(4 * 1024 * 1024);

    static {
        bound(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY);
        bound(SystemLimitException.MAX_STRING_LENGTH_PROPERTY);
        bound(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY);
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(type -> type.getPackageName().equals(GENERATED) || before.isTrusted(type));
    }

    private AvroGuards() {}

    /** Does its work when this class is first used. */
    static void install() {
        // the static initialiser has run by now
    }

    /** Avro reads these properties when its decoder is first loaded; an operator's own value wins. */
    private static void bound(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, LONGEST);
        }
    }
}
