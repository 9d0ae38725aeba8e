package dev.intermezzo.partners.mozello;

/** What a notification may say; Mozello documents no third status. */
public enum NotifyStatus {
    APPROVED("approved"),
    FAILED("failed");

    private final String word;

    NotifyStatus(String word) {
        this.word = word;
    }

    /** The word on the wire. */
    public String word() {
        return word;
    }
}
