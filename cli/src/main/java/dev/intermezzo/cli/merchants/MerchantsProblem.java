package dev.intermezzo.cli.merchants;

/**
 * Something in a merchants file that keeps it from being applied.
 *
 * @param where path of the key concerned, such as {@code merchants.demo-shop.routes[0].provider}; empty: the whole file
 * @param code stable code for scripts
 * @param sentence what is wrong, for a person; never a secret
 */
public record MerchantsProblem(String where, String code, String sentence) {

    /** Whether it is about what stands at a path of the file, or below it. */
    boolean concerns(String path) {
        return where.equals(path) || where.startsWith(path + ".");
    }

    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + sentence + " (" + code + ")";
    }
}
