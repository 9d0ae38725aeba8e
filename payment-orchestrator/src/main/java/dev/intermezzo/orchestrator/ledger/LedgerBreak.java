package dev.intermezzo.orchestrator.ledger;

/**
 * One place where the ledger is not what was written.
 *
 * @param payment payment id
 * @param sequence the sequence that the entry found there claims
 * @param code what is wrong
 */
public record LedgerBreak(String payment, long sequence, int partition, long offset, Code code) {

    /** What can be wrong with an entry; {@link #text()} is its stable name in reports. */
    public enum Code {
        /** The entry's fields do not give its hash: it was changed after it was written. */
        HASH_MISMATCH("hash-mismatch", "the entry was changed after it was written"),
        /** The entry does not follow the one before it. */
        PREVIOUS_HASH_MISMATCH("previous-hash-mismatch", "the entry does not follow the one before it"),
        /** Entries between the one before and this one are missing. */
        SEQUENCE_GAP("sequence-gap", "entries before this one are missing"),
        /** The entry before stands here again. */
        REPEATED("repeated", "the same entry stands here again"),
        /** An entry that belongs further up. */
        OUT_OF_ORDER("out-of-order", "the entry belongs before others that were already read"),
        /** Filed under another payment than the one it names. */
        KEY_MISMATCH("key-mismatch", "the entry is filed under a payment that it does not name"),
        /** Written by a format this build does not know; its hash cannot be checked. */
        UNKNOWN_FORMAT("unknown-format", "the entry's format version is not known to this build"),
        /** The stored bytes are no ledger entry at all. */
        UNREADABLE("unreadable", "the stored value is not a ledger entry");

        private final String text;
        private final String sentence;

        Code(String text, String sentence) {
            this.text = text;
            this.sentence = sentence;
        }

        public String text() {
            return text;
        }

        /** What it means, for people. */
        public String sentence() {
            return sentence;
        }
    }
}
