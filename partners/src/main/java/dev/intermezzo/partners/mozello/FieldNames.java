package dev.intermezzo.partners.mozello;

import java.util.List;

/** The documented fields of a checkout form (Payment API, fields). */
final class FieldNames {

    static final String ORDER_UUID = "order_uuid";
    static final String INVOICE_ID = "invoice_id";
    static final String AMOUNT = "amount";
    static final String CURRENCY = "currency";
    static final String SUCCESS_URL = "success_url";
    static final String FAILURE_URL = "failure_url";
    static final String NOTIFY_URL = "notify_url";

    /** The four fields that say which order is paid, and how much. */
    static final List<String> HEAD = List.of(ORDER_UUID, INVOICE_ID, AMOUNT, CURRENCY);

    /** What a payment cannot do without; the other documented fields may be absent or empty. */
    static final List<String> NEEDED =
            List.of(ORDER_UUID, INVOICE_ID, AMOUNT, CURRENCY, SUCCESS_URL, FAILURE_URL, NOTIFY_URL);

    /** Every documented field, in documented order. */
    static final List<String> DOCUMENTED = List.of(
            ORDER_UUID,
            INVOICE_ID,
            AMOUNT,
            CURRENCY,
            "billing_first_name",
            "billing_last_name",
            "billing_company",
            "billing_company_id",
            "billing_company_vat",
            "billing_email",
            "billing_street",
            "billing_city",
            "billing_state",
            "billing_zip",
            "billing_country_code",
            "language_code",
            "website_alias",
            "website_domain",
            SUCCESS_URL,
            FAILURE_URL,
            NOTIFY_URL,
            MozelloSignature.FIELD);

    private FieldNames() {}
}
