package dev.intermezzo.sandbox.cashier;

import java.util.regex.Pattern;

/**
 * The person and the long list of statements about them that the tables of Cleo and Worldpay have in common.
 * {@code transactionCount} is a text, {@code userBalance} a number.
 *
 * <p><b>Assumed</b>: that {@code gender} says female or male, and that {@code emailVerification} and
 * {@code verificationDate} may be left out although both tables want them. Cleo's table does not say what a date looks like
 * there; Worldpay's does.
 */
final class BuyerStatements {

    private static final Pattern GENDER = Pattern.compile("female|male");
    private static final Pattern DAY = Pattern.compile("(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
    private static final String DAY_RULE = "must be a date such as 1990-01-15";
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    private BuyerStatements() {}

    static void check(FieldChecks request) {
        request.filled("userId", "firstName", "lastName", "partnerName");
        request.email();
        request.matching("phone", FieldChecks.PHONE, "must have at least 6 digits");
        request.matching("gender", GENDER, "must be female or male");
        request.matching("dob", DAY, DAY_RULE);
        request.booleans("kycVerified", "blocked", "isVelocity");
        request.matching("transactionCount", COUNT, "must be a number as text");
        request.number("userBalance");
        if (request.has("emailVerification")) {
            request.exactly(request.text("email"), "emailVerification");
            request.matching("verificationDate", DAY, DAY_RULE);
        }
    }
}
