package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.Optional;

/** What a call says of its buyer, by whichever of the two headers. */
sealed interface BuyerContext {

    /** @param claims what is known of the buyer now */
    record Known(JsonNode claims) implements BuyerContext {

        @Override
        public String toString() {
            return "Known[buyer]";
        }
    }

    /** Neither header, or one that proves nothing: 401. */
    record Unauthorized() implements BuyerContext {}

    /** Documented of a user token: such a request hangs until a 504. */
    record NotAToken() implements BuyerContext {}

    /** The company's User Auth URL is asked and nothing comes of it. */
    record Hanging() implements BuyerContext {}

    /** Reads the headers; where there are both, the user token counts, which is documented for every provider. */
    final class Reader {

        private static final String SESSION = "x-user-authorization";

        private final UserVerification verification;

        Reader(UserVerification verification) {
            this.verification = verification;
        }

        /** @param hangs whether the verification is to hang, where there is one */
        BuyerContext read(Company company, Context context, JsonNode body, boolean hangs) {
            String token = context.header(UserTokenCheck.HEADER);
            String session = context.header(SESSION);
            if (token != null || session == null || session.isBlank()) {
                return switch (company.userTokens().judge(token)) {
                    case ACCEPTED -> new Known(company.userTokens().claims(token));
                    case MISSING, WRONG_SIGNATURE, CLAIM_MISSING -> new Unauthorized();
                    case NOT_A_JWT -> new NotAToken();
                };
            }
            if (hangs) {
                return new Hanging();
            }
            Optional<JsonNode> user = verification.ask(company, session, PayInRequest.text(body, "userId"));
            return user.<BuyerContext>map(Known::new).orElseGet(Unauthorized::new);
        }
    }
}
