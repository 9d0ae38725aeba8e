package dev.intermezzo.partners.mozello;

import java.util.List;

/** Why a checkout is not paid until an operator has looked at it. */
public sealed interface HoldReason {

    /** A stable code. */
    String code();

    /** The reason, for an operator. */
    String sentence();

    /**
     * The form opens with other fields than the layout in force; perhaps Mozello changed the order.
     *
     * @param head the names of the first fields as received, at most eight, each at most 64 characters
     */
    record OtherLayout(List<String> head) implements HoldReason {

        static final int SHOWN = 8;

        public OtherLayout {
            head = head.stream()
                    .limit(SHOWN)
                    .map(name -> name.substring(0, Math.min(name.length(), 64)))
                    .toList();
        }

        @Override
        public String code() {
            return "layout-other";
        }

        @Override
        public String sentence() {
            return "The form opens with " + String.join(", ", head)
                    + "; confirm the order of fields and set form-layout if the shop really sends it so.";
        }
    }

    /**
     * An address leads to a host that the merchant has not listed.
     *
     * @param field the address's field
     * @param host the host, with its port when that is not 443
     */
    record UnlistedHost(String field, String host) implements HoldReason {

        @Override
        public String code() {
            return "host-unlisted";
        }

        @Override
        public String sentence() {
            return "The " + field + " leads to " + host + ", which is not on the merchant's list of hosts.";
        }
    }
}
