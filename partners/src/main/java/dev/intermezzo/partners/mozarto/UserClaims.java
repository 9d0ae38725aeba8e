package dev.intermezzo.partners.mozarto;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a token says of the buyer, in the same words whichever token it is. */
final class UserClaims {

    /** The claim of our own name for the buyer. */
    static final String USER_ID = "userId";

    private UserClaims() {}

    /**
     * Adds the buyer's claims.
     *
     * @param operation whose provider will read them; its own rules hold for them
     * @return what is missing or not good enough; when there is anything, the claims are not to be used
     */
    static List<FieldProblem> add(
            JWTClaimsSet.Builder claims, ProviderOperation operation, String userId, BuyerDetails buyer) {
        claims.claim(USER_ID, userId);
        List<FieldProblem> problems = new ArrayList<>();
        for (BuyerField field : EligibilityCheck.TOKEN_CLAIMS) {
            FieldRule rule = EligibilityCheck.claimRule(operation, field);
            Optional<String> value = buyer.value(field);
            Optional<FieldProblem.Code> problem =
                    value.isEmpty() ? Optional.of(FieldProblem.Code.MISSING) : rule.problemWith(value.get());
            if (problem.isPresent()) {
                problems.add(new FieldProblem(field.key(), problem.get()));
            } else {
                claims.claim(field.key(), rule.format().sent(value.orElseThrow()));
            }
        }
        return List.copyOf(problems);
    }
}
