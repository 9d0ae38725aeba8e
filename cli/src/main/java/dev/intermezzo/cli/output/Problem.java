package dev.intermezzo.cli.output;

/**
 * Something that an operator should put right.
 *
 * @param where what it concerns, such as {@code integration:my-shop}; never empty
 * @param code stable code for scripts
 * @param sentence what is wrong, for a person; never a secret
 * @param remedy what to do about it
 */
public record Problem(String where, String code, String sentence, String remedy) {

    @Override
    public String toString() {
        return where + ": " + sentence + " (" + code + ")";
    }
}
