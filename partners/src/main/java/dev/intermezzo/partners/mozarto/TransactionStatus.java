package dev.intermezzo.partners.mozarto;

/** A transaction's normalised status (Mozarto Cashier API, webhook payload). */
public enum TransactionStatus {
    APPROVED,
    DECLINED,
    PENDING,
    /** Any other text, or none: an alert, and no change to the payment. */
    UNKNOWN;

    /**
     * Reads a status text. Case does not matter, because the Cashier writes {@code PENDING}, {@code Pending} and
     * {@code Approved} in different places; anything but the exact word is {@link #UNKNOWN}.
     */
    public static TransactionStatus of(String text) {
        // Only ASCII letters are folded: Java would also fold a dotless i, and money hangs on this word.
        return switch (asciiLowerCase(text)) {
            case "approved" -> APPROVED;
            case "declined" -> DECLINED;
            case "pending" -> PENDING;
            default -> UNKNOWN;
        };
    }

    private static String asciiLowerCase(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return folded.toString();
    }
}
