package dev.intermezzo.partners.mozello;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which {@code order_uuid}, {@code invoice_id}, {@code amount} and {@code currency} open a form, nothing
 * before or between them, {@code signature} left aside.
 *
 * <p>The signature covers only the joined values, so whoever carries the form can move digits from one value to its
 * neighbour. Pinning the head leaves the amount only neighbours of fixed shape. Mozello does not promise an order; that is
 * why the layout is a setting, and why a form of another layout is held rather than refused.
 *
 * @param head the four names in the order they must have
 */
public record FormLayout(List<String> head) {

    /** The order in which Mozello documents the fields. */
    public static final FormLayout DOCUMENTED = new FormLayout(FieldNames.HEAD);

    /**
     * @throws IllegalArgumentException unless the head has each of the four names once, and the amount is not the last of
     *     them: a billing text that follows the amount could take over its last digits
     */
    public FormLayout {
        head = List.copyOf(head);
        Set<String> names = new HashSet<>(head);
        if (head.size() != FieldNames.HEAD.size() || !names.equals(Set.copyOf(FieldNames.HEAD))) {
            throw new IllegalArgumentException("a form layout names each of " + FieldNames.HEAD + " once");
        }
        if (head.getLast().equals(FieldNames.AMOUNT)) {
            throw new IllegalArgumentException("a form layout must not end with the amount");
        }
    }

    /**
     * The layout of a setting such as {@code order_uuid,invoice_id,amount,currency}.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static FormLayout parse(String setting) {
        return new FormLayout(
                Arrays.stream(setting.split(",", -1)).map(String::strip).toList());
    }

    /** Whether these names, in received order, begin with this head. */
    boolean opens(List<String> received) {
        List<String> unsigned = received.stream()
                .filter(name -> !name.equals(MozelloSignature.FIELD))
                .limit(head.size())
                .toList();
        return unsigned.equals(head);
    }
}
