package dev.intermezzo.partners.mozello;

import dev.intermezzo.partners.AsciiCase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A header value with parameters, such as {@code form-data; name="amount"}.
 *
 * @param value what stands before the first semicolon, trimmed, in lower case
 * @param parameters by lower-case name, each at most once
 */
record HeaderValue(String value, Map<String, String> parameters) {

    /** Parses strictly: a parameter is {@code name=token} or {@code name="quoted"}; a repeated one is refused. */
    static HeaderValue parse(String header) throws UnreadableFormException {
        return new Parser(header).parse();
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static final class Parser {

        private final String header;
        private int at;

        Parser(String header) {
            this.header = header;
        }

        HeaderValue parse() throws UnreadableFormException {
            String value = AsciiCase.lower(until(';').strip());
            Map<String, String> parameters = new LinkedHashMap<>();
            while (at < header.length()) {
                at++; // the semicolon
                parameter(parameters);
            }
            return new HeaderValue(value, parameters);
        }

        private void parameter(Map<String, String> parameters) throws UnreadableFormException {
            skipBlanks();
            if (at == header.length()) {
                return; // a trailing semicolon is common and harmless
            }
            String name = AsciiCase.lower(until('=').strip());
            if (at == header.length() || name.isEmpty() || name.indexOf(';') >= 0) {
                throw malformed();
            }
            at++; // the equals sign
            skipBlanks();
            String value = at < header.length() && header.charAt(at) == '"'
                    ? quoted()
                    : until(';').strip();
            if (parameters.put(name, value) != null) {
                throw malformed();
            }
        }

        private String quoted() throws UnreadableFormException {
            StringBuilder text = new StringBuilder();
            for (at++; at < header.length(); at++) {
                char c = header.charAt(at);
                if (c == '"') {
                    at++;
                    skipBlanks();
                    if (at < header.length() && header.charAt(at) != ';') {
                        throw malformed();
                    }
                    return text.toString();
                }
                if (c == '\\' && at + 1 < header.length() && "\"\\".indexOf(header.charAt(at + 1)) >= 0) {
                    at++;
                }
                text.append(header.charAt(at));
            }
            throw malformed();
        }

        private String until(char end) {
            int from = at;
            int to = header.indexOf(end, from);
            at = to < 0 ? header.length() : to;
            return header.substring(from, at);
        }

        private void skipBlanks() {
            while (at < header.length() && (header.charAt(at) == ' ' || header.charAt(at) == '\t')) {
                at++;
            }
        }

        private static UnreadableFormException malformed() {
            return UnreadableFormException.malformed("A header's parameters cannot be read.");
        }
    }
}
