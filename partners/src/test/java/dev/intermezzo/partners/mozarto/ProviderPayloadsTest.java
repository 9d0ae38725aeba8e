package dev.intermezzo.partners.mozarto;

import static dev.intermezzo.partners.mozarto.Examples.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each provider's own rules, against its documented example where there is one. */
class ProviderPayloadsTest {

    private static final CashierRequest.Result NOT_STATABLE =
            new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.NOT_STATABLE);

    @ParameterizedTest
    @CsvSource({
        "FLEXEPIN,payin-flexepin-request",
        "FORUMPAY,payin-forumpay-request",
        "PAYONE,payin-payone-request-older-eur",
    })
    void a_pay_in_begins_with_the_fields_of_its_example_in_their_order(String psp, String example) {
        assertThat(Contract.payIn(psp).names()).startsWith(names(example));
    }

    @ParameterizedTest
    @CsvSource({
        "FORUMPAY,payout-forumpay-request",
        "GIGADAT,payout-gigadat-eto-request",
        "PAYONE,payout-payone-request-older-eur",
    })
    void a_pay_out_has_the_fields_and_the_order_of_its_example(String psp, String example) {
        assertThat(Contract.payOut(psp).names()).containsExactly(names(example));
    }

    @Test
    void a_pay_in_of_gigadat_is_written_byte_for_byte() {
        Contract gigadat = Contract.payIn("GIGADAT").without("gigadat-takes-billing-address");

        assertThat(gigadat.text())
                .isEqualTo("{\"pspType\":\"GIGADAT\",\"type\":\"PAYIN\",\"name\":\"Maya Tremblay\","
                        + "\"email\":\"maya.tremblay@example.com\",\"phone\":\"14165550142\",\"baseamount\":25.00,"
                        + "\"userIp\":\"192.0.2.7\",\"userId\":\"user-1\",\"currency\":\"CAD\","
                        + "\"merchantReference\":\"reference-1\",\"countryCode\":\"CA\"}");
    }

    @ParameterizedTest
    @CsvSource({"100,100.00", "100.5,100.50", "0.01,0.01", "123456.78,123456.78"})
    void gigadat_is_sent_exactly_two_decimals_in_both_directions(String amount, String literal) {
        Money money = Money.parse("CAD " + amount);

        assertThat(Contract.payIn("GIGADAT").with(money).text()).contains("\"baseamount\":" + literal + ",");
        assertThat(Contract.payOut("GIGADAT").with(money).text()).contains("\"baseamount\":" + literal + ",");
    }

    @ParameterizedTest
    @CsvSource({"+1 (416) 555-0142,14165550142", "416.555.0142,4165550142", "1 416 555 0142,14165550142"})
    void gigadat_reads_the_telephone_number_from_the_user_token_so_both_are_the_same_digits(String typed, String digits)
            throws ParseException {
        Contract gigadat = Contract.payIn("GIGADAT").with(BuyerField.PHONE, typed);

        UserToken.Result token = UserToken.make(
                gigadat.operation(),
                "user-1",
                gigadat.asked().buyer(),
                UserTokenSettings.DEFAULTS,
                "a secret of the sandbox's own, of 32 bytes".getBytes(StandardCharsets.UTF_8),
                Instant.EPOCH);

        String header = ((UserToken.Result.Ready) token).headerValue().replace("Bearer ", "");
        assertThat(SignedJWT.parse(header).getJWTClaimsSet().getStringClaim("phone"))
                .isEqualTo(digits)
                .isEqualTo(gigadat.body().path("phone").asText());
    }

    @ParameterizedTest
    @CsvSource({"+44 1234 567890", "07700900000", "1165550142", "0416555014", "24165550142"})
    void gigadat_takes_no_number_from_elsewhere_whichever_the_direction(String phone) {
        CashierRequest.Result askedAgain =
                new CashierRequest.Result.Incomplete(List.of(new FieldProblem("phone", FieldProblem.Code.INVALID)));

        assertThat(Contract.payIn("GIGADAT").with(BuyerField.PHONE, phone).request())
                .isEqualTo(askedAgain);
        assertThat(Contract.payOut("GIGADAT").with(BuyerField.PHONE, phone).request())
                .isEqualTo(askedAgain);
    }

    @Test
    void the_one_name_of_gigadat_needs_both_names_and_fits() {
        Contract gigadat = Contract.payIn("GIGADAT");

        assertThat(gigadat.with(BuyerField.FIRST_NAME, "").request())
                .isEqualTo(new CashierRequest.Result.Incomplete(
                        List.of(new FieldProblem("firstName", FieldProblem.Code.MISSING))));
        assertThat(gigadat.with(BuyerField.LAST_NAME, "").request())
                .isEqualTo(new CashierRequest.Result.Incomplete(
                        List.of(new FieldProblem("lastName", FieldProblem.Code.MISSING))));
        assertThat(gigadat.with(BuyerField.LAST_NAME, "x".repeat(196)).request())
                .isEqualTo(new CashierRequest.Result.Incomplete(
                        List.of(new FieldProblem("lastName", FieldProblem.Code.TOO_LONG))));
        assertThat(gigadat.with(BuyerField.LAST_NAME, "x".repeat(195))
                        .body()
                        .path("name")
                        .asText())
                .hasSize(200);
    }

    @ParameterizedTest
    @CsvSource({"''", "somewhere"})
    void nobody_is_asked_to_type_an_ip_address(String address) {
        assertThat(Contract.payIn("GIGADAT")
                        .with(BuyerField.IP_ADDRESS, address)
                        .request())
                .isEqualTo(NOT_STATABLE);
        assertThat(EligibilityCheck.missing(Examples.payIn("GIGADAT"), Examples.buyer()))
                .isEmpty();
    }

    @Test
    void the_billing_address_goes_to_gigadat_whole_or_not_at_all() {
        Contract gigadat = Contract.payIn("GIGADAT");

        assertThat(gigadat.body().path("address").toString())
                .isEqualTo("{\"line1\":\"Brīvības iela 1\",\"city\":\"Rīga\",\"state\":\"Vidzeme\","
                        + "\"postalCode\":\"LV-1010\",\"country\":\"CA\"}");
        assertThat(gigadat.with(BuyerField.REGION, "").names()).doesNotContain("address");
    }

    @Test
    void the_page_that_gigadats_answer_shows_is_allowed_without_a_setting() {
        assertThat(RedirectPolicy.of(Examples.payIn("GIGADAT"), AccountSettings.DEFAULTS, false)
                        .judge("https://interac.express-connect.com/webflow?transaction=1&token=2"))
                .isInstanceOf(RedirectVerdict.Allowed.class);
    }

    @Test
    void a_pay_out_of_gigadat_that_awaits_approval_is_pending_and_its_page_is_nobodys() {
        CashierReading reading = Contract.payOut("GIGADAT")
                .answer(
                        200,
                        "{\"status\":\"success\",\"message\":\"Added to approvals table\",\"isSuccess\":true,\"data\":{"
                                + "\"method\":\"AWAITING_APPROVAL\",\"payoutType\":\"ETO\",\"transactionId\":\"t-1\","
                                + "\"webflowURL\":\"https://interac.express-connect.com/webflow\",\"amount\":10}}");

        assertThat(reading)
                .isEqualTo(new CashierReading.Accepted(List.of("t-1"), null, null, new BigDecimal("10"), true));
    }

    @Test
    void the_way_to_pay_out_by_bank_transfer_is_known_of_and_never_taken() {
        Provider gigadat = Examples.CATALOGUE.provider(new PspType("GIGADAT")).orElseThrow();

        assertThat(gigadat.operations())
                .extracting(ProviderOperation::title)
                .containsExactly("pay-in", "pay-out ETO", "pay-out ACH");
        assertThat(gigadat.operation(Operation.PAYOUT).orElseThrow().variant()).isEqualTo("ETO");
    }

    @Test
    void a_pay_in_of_cleo_is_written_byte_for_byte() {
        assertThat(Contract.payIn("CLEO").text())
                .isEqualTo("{\"pspType\":\"CLEO\",\"type\":\"PAYIN\",\"baseamount\":25,\"currency\":\"CLP\","
                        + "\"currencyCode\":\"CLP\",\"userId\":\"user-1\",\"email\":\"maya.tremblay@example.com\","
                        + "\"firstName\":\"Maya\",\"lastName\":\"Tremblay\",\"phone\":\"14165550142\","
                        + "\"gender\":\"female\",\"dob\":\"1990-01-15\",\"countryCode\":\"CL\",\"kycVerified\":false,"
                        + "\"blocked\":false,\"isVelocity\":false,\"transactionCount\":\"0\",\"userBalance\":0.00,"
                        + "\"partnerName\":\"Demo shop\",\"address\":{\"line1\":\"Brīvības iela 1\",\"city\":\"Rīga\","
                        + "\"state\":\"Vidzeme\",\"postalCode\":\"LV-1010\",\"country\":\"CL\"}}");
    }

    @Test
    void no_verified_address_is_claimed_to_cleo() {
        assertThat(Contract.payIn("CLEO").names()).doesNotContain("emailVerification", "verificationDate");
    }

    @ParameterizedTest
    @CsvSource({
        "CLP 25,CL,",
        "PEN 25.50,PE,",
        "MXN 25.50,MX,",
        "CLP 25,PE,COUNTRY",
        "PEN 25.50,MX,COUNTRY",
        "MXN 25.50,US,COUNTRY",
        "EUR 25.50,CL,CURRENCY",
    })
    void cleo_takes_each_country_in_its_own_currency_only(
            String amount, String country, EligibilityCheck.@Nullable Reason obstacle) {
        Contract cleo = Contract.payIn("CLEO").with(Money.parse(amount)).with(BuyerField.COUNTRY_CODE, country);

        if (obstacle == null) {
            assertThat(cleo.body().path("currency").asText()).isEqualTo(amount.substring(0, 3));
        } else {
            assertThat(cleo.request()).isEqualTo(new CashierRequest.Result.NotEligible(obstacle));
        }
    }

    @Test
    void a_buyer_of_cleo_whose_country_is_not_known_is_asked() {
        assertThat(Contract.payIn("CLEO").with(BuyerField.COUNTRY_CODE, "").request())
                .isEqualTo(new CashierRequest.Result.Incomplete(
                        List.of(new FieldProblem("countryCode", FieldProblem.Code.MISSING))));
    }

    @ParameterizedTest
    @CsvSource({"blocked,yes", "isVelocity,0", "userBalance,1e3", "userBalance,many", "transactionCount,1234567890"})
    void a_statement_of_another_type_or_length_than_cleo_takes_is_not_made(String name, String value) {
        assertThat(Contract.payIn("CLEO").withSetting(name, value).request()).isEqualTo(NOT_STATABLE);
    }

    @Test
    void the_page_of_cleo_is_found_under_the_generic_name_and_under_those_of_others() {
        Contract cleo = Contract.payIn("CLEO");

        assertThat(cleo.answer(200, new String(bytes("payin-generic-response-200"), StandardCharsets.UTF_8)))
                .isInstanceOf(CashierReading.PageOpened.class);
        assertThat(cleo.answer(200, "{\"isSuccess\":true,\"data\":{\"redirect_url\":\"https://page.example.com/1\"}}"))
                .isInstanceOf(CashierReading.PageOpened.class);
    }

    @Test
    void a_pay_in_of_worldpay_is_written_byte_for_byte() {
        assertThat(Contract.payIn("WORLDPAY_EU").text())
                .isEqualTo("{\"pspType\":\"WORLDPAY_EU\",\"type\":\"PAYIN\",\"baseamount\":25.00,\"currency\":\"EUR\","
                        + "\"userId\":\"user-1\",\"email\":\"maya.tremblay@example.com\","
                        + "\"firstName\":\"Maya\",\"lastName\":\"Tremblay\",\"phone\":\"14165550142\","
                        + "\"gender\":\"female\",\"dob\":\"1990-01-15\",\"countryCode\":\"CA\",\"kycVerified\":false,"
                        + "\"blocked\":false,\"isVelocity\":false,\"transactionCount\":\"0\",\"userBalance\":0.00,"
                        + "\"partnerName\":\"Demo shop\",\"address\":{\"line1\":\"Brīvības iela 1\",\"city\":\"Rīga\","
                        + "\"state\":\"Vidzeme\",\"postalCode\":\"LV-1010\",\"country\":\"CA\"}}");
    }

    @Test
    void worldpay_is_told_neither_a_card_nor_a_verified_address() {
        Contract worldpay = Contract.payIn("WORLDPAY_EU");

        assertThat(worldpay.names())
                .doesNotContain("card", "emailVerification", "verificationDate")
                .contains("address");
        assertThat(worldpay.with(BuyerField.REGION, "").text())
                .as("many a European address has no state")
                .contains("\"city\":\"Rīga\",\"postalCode\"");
    }

    @ParameterizedTest
    @CsvSource({"postalCode,'',MISSING", "phone,12345,TOO_SHORT", "birthDate,15.1.1990,INVALID"})
    void what_worldpay_lacks_is_asked_of_the_buyer(String field, String value, FieldProblem.Code code) {
        BuyerField detail = BuyerField.ofKey(field).orElseThrow();

        assertThat(Contract.payIn("WORLDPAY_EU").with(detail, value).request())
                .isEqualTo(new CashierRequest.Result.Incomplete(List.of(new FieldProblem(field, code))));
    }

    @Test
    void the_page_of_worldpay_stands_in_its_own_field() {
        Contract worldpay = Contract.payIn("WORLDPAY_EU");

        assertThat(worldpay.answer(
                        200, "{\"isSuccess\":true,\"data\":{\"paymentUrl\":\"https://page.example.com/1\"}}"))
                .isEqualTo(new CashierReading.PageOpened("https://page.example.com/1", List.of(), null, null, null));
        assertThat(worldpay.operation().userId()).isEqualTo(UserIdMode.PER_ATTEMPT);
    }

    @ParameterizedTest
    @CsvSource({"'',MISSING", "'  ',MISSING", "1234+5678,INVALID", "123,TOO_SHORT"})
    void a_voucher_whose_pin_is_missing_or_cannot_be_one_is_asked_for_and_not_redeemed(
            String typed, FieldProblem.Code code) {
        Contract flexepin = Contract.payIn("FLEXEPIN").with(Instrument.Voucher.typed(typed));
        FieldProblem problem = new FieldProblem("voucherPin", code);

        assertThat(flexepin.request()).isEqualTo(new CashierRequest.Result.Incomplete(List.of(problem)));
        assertThat(EligibilityCheck.voucherProblem(
                        flexepin.operation(), flexepin.asked().instrument()))
                .contains(problem);
    }

    @Test
    void a_pin_of_more_characters_than_the_provider_takes_is_not_redeemed() {
        assertThat(Contract.payIn("FLEXEPIN")
                        .with(Instrument.Voucher.typed("1".repeat(33)))
                        .request())
                .isEqualTo(new CashierRequest.Result.Incomplete(
                        List.of(new FieldProblem("voucherPin", FieldProblem.Code.TOO_LONG))));
    }

    @Test
    void a_pin_may_be_typed_in_groups_as_it_is_printed() {
        assertThat(Instrument.Voucher.typed(" 1234 5678\u00a09012\u202f3456\t"))
                .isEqualTo(new Instrument.Voucher("1234567890123456"));
    }

    @Test
    void a_provider_that_takes_no_voucher_asks_for_none() {
        assertThat(EligibilityCheck.missing(
                        Examples.payIn("PAYONE"),
                        Contract.payIn("PAYONE").asked().buyer(),
                        new Instrument.None()))
                .isEmpty();
    }

    /** Without it an answer that says nothing of the amount could not be credited. */
    @Test
    void whoever_redeems_in_one_call_is_assumed_to_redeem_the_whole_amount() {
        assertThat(Contract.all().map(Contract::operation))
                .filteredOn(each -> each.voucherRule().isPresent())
                .isNotEmpty()
                .allSatisfy(each ->
                        assertThat(each.neededToRoute()).anyMatch(name -> name.endsWith("-redeems-the-whole-amount")));
    }

    @Test
    void a_pin_is_never_printed() {
        Contract flexepin = Contract.payIn("FLEXEPIN");

        assertThat(flexepin.text()).contains("\"voucherPin\":\"1234567890123456\"");
        assertThat(flexepin.asked() + " " + flexepin.asked().instrument() + " " + flexepin.request())
                .doesNotContain("1234567890123456");
    }

    @ParameterizedTest
    @CsvSource({"transaction_status,Approved", "status,APPROVED"})
    void a_redeemed_voucher_is_the_result_itself(String field, String word) {
        CashierReading reading = Contract.payIn("FLEXEPIN")
                .answer(
                        200,
                        "{\"status\":\"success\",\"isSuccess\":true,\"data\":{\"" + field + "\":\"" + word
                                + "\",\"transactionId\":\"t-1\",\"amount\":25}}");

        assertThat(reading)
                .isEqualTo(new CashierReading.SynchronousOutcome(
                        TransactionStatus.APPROVED, List.of("t-1"), null, new BigDecimal("25")));
    }

    @Test
    void the_one_answer_that_flexepin_shows_is_no_result() {
        assertThat(Contract.payIn("FLEXEPIN")
                        .answer(200, new String(bytes("payin-flexepin-response-200-older"), StandardCharsets.UTF_8)))
                .isInstanceOf(CashierReading.Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({"Voucher already redeemed", "Wrong currency", "Wrong amount", "Bad PIN"})
    void a_refusal_without_a_code_is_the_vouchers(String reason) {
        CashierReading reading = Contract.payIn("FLEXEPIN")
                .answer(400, "{\"status\":\"error\",\"isSuccess\":false,\"message\":\"" + reason + "\"}");

        assertThat(reading)
                .isEqualTo(new CashierReading.Rejected(RejectionCategory.VOUCHER_REJECTED, null, reason, List.of()));
    }

    @Test
    void a_pay_out_of_forumpay_needs_a_wallet_that_can_be_one() {
        Contract forumPay = Contract.payOut("FORUMPAY");
        JsonNode body = forumPay.body();

        assertThat(body.path("preferredCrypto").asText()).isEqualTo("BTC");
        assertThat(body.path("walletAddress").asText()).isEqualTo("btc-1eda64a85da94d71a2ac5ed84e929553");
        assertThat(forumPay.with(new Instrument.None()).request()).isEqualTo(NOT_STATABLE);
        assertThat(forumPay.with(new Instrument.Wallet("btc", "btc-1eda64a85da9"))
                        .request())
                .isEqualTo(NOT_STATABLE);
        assertThat(forumPay.with(new Instrument.Wallet("BTC", "a wallet")).request())
                .isEqualTo(NOT_STATABLE);
        assertThat(forumPay.asked() + " " + forumPay.asked().instrument()).doesNotContain("1eda64a8");
    }

    @Test
    void what_no_payment_of_this_release_has_is_said_before_a_route_is_made() {
        assertThat(Examples.payIn("FLEXEPIN").unservedFields()).isEmpty();
        assertThat(Examples.payOut("FORUMPAY").unservedFields()).isEmpty();
        assertThat(Examples.payIn("EMERCHANTPAY").unservedFields()).containsExactly("card");
        assertThat(Examples.payIn("CLEO").unservedFields()).isEmpty();
        assertThat(Examples.payIn("WORLDPAY_EU").unservedFields()).isEmpty();
        assertThat(Examples.payIn("GIGADAT").unservedFields()).isEmpty();
    }

    @Test
    void a_pay_out_to_a_wallet_is_told_from_one_to_a_person() {
        assertThat(Examples.payOut("FORUMPAY").needsWallet()).isTrue();
        assertThat(Examples.payOut("PAYONE").needsWallet()).isFalse();
        assertThat(Examples.payIn("FORUMPAY").needsWallet()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"PAYIN", "PAYOUT"})
    void payone_is_sent_its_only_currency_twice_and_no_other(Operation direction) {
        Contract payone = Contract.of(
                Examples.CATALOGUE.operation(new PspType("PAYONE"), direction).orElseThrow());

        assertThat(payone.text()).contains("\"currency\":\"CAD\",\"currencyCode\":\"CAD\"");
        assertThat(payone.with(Money.parse("EUR 25.00")).request())
                .isEqualTo(new CashierRequest.Result.NotEligible(EligibilityCheck.Reason.CURRENCY));
    }

    @ParameterizedTest
    @CsvSource({"FORUMPAY", "EMERCHANTPAY"})
    void some_providers_take_no_other_word_than_the_user_token(String psp) {
        assertThat(Examples.payIn(psp).userContext()).isEqualTo(ProviderOperation.UserContext.USER_TOKEN);
    }

    private static String[] names(String example) {
        List<String> names = new ArrayList<>();
        Examples.tree(bytes(example)).fieldNames().forEachRemaining(names::add);
        return names.toArray(String[]::new);
    }
}
