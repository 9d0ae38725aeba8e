package dev.intermezzo.cli.merchants;

/** A file as the sandbox uses it, and variations of it. */
final class SandboxYaml {
    static final String COMPANY_TOKEN = "company-token-of-the-sandbox";
    static final String USER_TOKEN_SECRET = "user-token-secret-of-the-sandbox";
    static final String WEBHOOK_TOKEN = "webhook-token-of-the-sandbox";
    static final String MOZELLO_KEY = "mozello-key-of-the-demo-shop";

    static final String TEXT = """
            accounts:
              sandbox-account:
                environment: sandbox
                base-url: http://127.0.0.1:8082
                company-token: %s
                user-token-secret: %s
                webhook-tokens: ["%s"]
                providers:
                  PAYONE:
                    confirmed: [payone-takes-merchant-reference, payone-takes-test-mode]
            merchants:
              demo-shop:
                name: Demo shop
                account: sandbox-account
                test: true
                support-contact: help@demo-shop.example
                order-time: 24h
                no-word: failed
                routes:
                  - provider: PAYONE
                    currencies: [CAD]
                    minimum: 1.00
                    maximum: 5000
            integrations:
              demo-shop:
                merchant: demo-shop
                mozello-keys: %s
                currencies: [CAD]
                notify-hosts: ["localhost:8081", "127.0.0.1:8081"]
                shop-hosts: ["localhost:8081", "127.0.0.1:8081"]
            """.formatted(COMPANY_TOKEN, USER_TOKEN_SECRET, WEBHOOK_TOKEN, MOZELLO_KEY);

    private SandboxYaml() {}

    /** The same with one part exchanged, which must be there. */
    static String with(String part, String other) {
        if (!TEXT.contains(part)) {
            throw new IllegalArgumentException("there is no " + part);
        }
        return TEXT.replace(part, other);
    }

    static MerchantsFile valid(String yaml) {
        return switch (MerchantsFile.read(yaml)) {
            case MerchantsFile.Result.Valid valid -> valid.file();
            case MerchantsFile.Result.Invalid invalid ->
                throw new AssertionError(invalid.problems().toString());
        };
    }
}
