package dev.intermezzo.cli.check;

/** The HTTP client's codes as sentences. */
public final class Reached {
    private Reached() {}

    /** Why there was no answer. */
    public static String sentence(String code) {
        String why = switch (code) {
            case "address-refused" -> "the name leads to a private or special address, or the address is not https";
            case "dns-failed" -> "the name does not resolve";
            case "connect-failed" -> "nothing accepts the connection";
            case "connect-timeout" -> "the connection is not accepted in time";
            case "tls-failed" -> "the TLS handshake fails: the certificate is not trusted, expired or of another name";
            case "deadline" -> "there is no answer in time";
            case "connection-lost" -> "the connection breaks before the answer";
            default -> "there is no readable answer";
        };
        return why + " (" + code + ")";
    }
}
