package dev.intermezzo.cli.merchants;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Judges whether an invoice pattern closes the boundary between invoice number and amount. A form's signature covers the
 * joined values, so whoever carries the form can move what the amount begins with to the end of the invoice number. The
 * pattern stops that when it fixes the length, or when no match can end in a digit or a dot. What cannot be shown to do
 * so counts as open: look-arounds, back-references and flags are not analysed.
 */
final class InvoiceBoundary {
    private static final String AMOUNT = "0123456789.";
    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final String regex;
    private int at;

    private InvoiceBoundary(String regex) {
        this.regex = regex;
    }

    /** What became of a pattern. */
    enum Verdict {
        CLOSED,
        OPEN,
        /** It may be closed, and this analysis cannot tell. */
        NOT_UNDERSTOOD,
        /** No regular expression at all. */
        INVALID
    }

    static Verdict of(String regex) {
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            return Verdict.INVALID;
        }
        try {
            InvoiceBoundary parser = new InvoiceBoundary(regex);
            Shape shape = parser.alternatives();
            if (parser.at < regex.length()) {
                return Verdict.NOT_UNDERSTOOD;
            }
            return shape.min() == shape.max() || !shape.endsLikeAnAmount() ? Verdict.CLOSED : Verdict.OPEN;
        } catch (NotUnderstoodException e) {
            return Verdict.NOT_UNDERSTOOD;
        }
    }

    /**
     * What a part of the pattern matches.
     *
     * @param min and {@code max}: length in characters
     * @param endsLikeAnAmount some match ends in a digit or a dot
     */
    private record Shape(long min, long max, boolean endsLikeAnAmount) {
        static final Shape EMPTY = new Shape(0, 0, false);

        Shape then(Shape next) {
            return new Shape(
                    min + next.min, plus(max, next.max), next.endsLikeAnAmount || (next.min == 0 && endsLikeAnAmount));
        }

        Shape or(Shape other) {
            return new Shape(
                    Math.min(min, other.min), Math.max(max, other.max), endsLikeAnAmount || other.endsLikeAnAmount);
        }

        Shape times(long least, long most) {
            boolean never = max == 0 || most == 0;
            long longest = never ? 0 : max == UNBOUNDED || most == UNBOUNDED ? UNBOUNDED : max * most;
            return new Shape(min * least, longest, endsLikeAnAmount && most > 0);
        }

        private static long plus(long a, long b) {
            return a == UNBOUNDED || b == UNBOUNDED ? UNBOUNDED : a + b;
        }
    }

    private static final class NotUnderstoodException extends RuntimeException {}

    private Shape alternatives() {
        Shape shape = sequence();
        while (next('|')) {
            shape = shape.or(sequence());
        }
        return shape;
    }

    private Shape sequence() {
        Shape shape = Shape.EMPTY;
        while (at < regex.length() && peek() != '|' && peek() != ')') {
            shape = shape.then(repeated(atom()));
        }
        return shape;
    }

    private Shape atom() {
        char c = peek();
        return switch (c) {
            case '(' -> group();
            // A quantifier after a quantifier.
            case '{', '*', '+', '?' -> throw new NotUnderstoodException();
            case '[' -> character(characterClass());
            case '\\' -> escape();
            case '^', '$' -> {
                at++;
                yield Shape.EMPTY;
            }
            default -> character(regex.substring(at, ++at));
        };
    }

    private Shape group() {
        at++;
        if (next('?') && !next(':')) {
            throw new NotUnderstoodException();
        }
        Shape inner = alternatives();
        if (!next(')')) {
            throw new NotUnderstoodException();
        }
        return inner;
    }

    /** The text of a class, up to its closing bracket; a nested one inside. */
    private String characterClass() {
        int start = at++;
        if (at < regex.length() && peek() == '^') {
            at++;
        }
        boolean first = true;
        while (at < regex.length() && (first || peek() != ']')) {
            if (peek() == '[') {
                characterClass();
            } else {
                at += peek() == '\\' ? 2 : 1;
            }
            first = false;
        }
        at++;
        if (at > regex.length()) {
            throw new NotUnderstoodException();
        }
        return regex.substring(start, at);
    }

    private Shape escape() {
        char kind = at + 1 < regex.length() ? regex.charAt(at + 1) : ' ';
        boolean oneCharacter = "dDwWsS".indexOf(kind) >= 0 || (kind < 128 && !Character.isLetterOrDigit(kind));
        if (!oneCharacter) {
            throw new NotUnderstoodException();
        }
        at += 2;
        return character(regex.substring(at - 2, at));
    }

    /** Asks Java itself which of an amount's characters this one stands for. */
    private static Shape character(String element) {
        Pattern pattern = Pattern.compile(element);
        boolean amount = AMOUNT.chars()
                .anyMatch(c -> pattern.matcher(Character.toString(c)).matches());
        return new Shape(1, 1, amount);
    }

    private Shape repeated(Shape shape) {
        Shape result = shape;
        if (next('*')) {
            result = shape.times(0, UNBOUNDED);
        } else if (next('+')) {
            result = shape.times(1, UNBOUNDED);
        } else if (next('?')) {
            result = shape.times(0, 1);
        } else if (next('{')) {
            result = bounded(shape);
        } else {
            return result;
        }
        // Lazy or possessive: the matches of the whole are the same or fewer.
        if (!next('?')) {
            next('+');
        }
        return result;
    }

    private Shape bounded(Shape shape) {
        int close = regex.indexOf('}', at);
        String[] bounds = regex.substring(at, close).split(",", -1);
        at = close + 1;
        long least = Long.parseLong(bounds[0]);
        if (bounds.length == 1) {
            return shape.times(least, least);
        }
        return shape.times(least, bounds[1].isEmpty() ? UNBOUNDED : Long.parseLong(bounds[1]));
    }

    private char peek() {
        return regex.charAt(at);
    }

    private boolean next(char wanted) {
        if (at < regex.length() && peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }
}
