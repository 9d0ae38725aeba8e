package dev.intermezzo.cli.check;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.partners.mozello.AdmissibilityVerdict;
import dev.intermezzo.partners.mozello.CheckoutRules;
import dev.intermezzo.partners.mozello.CheckoutVerification;
import dev.intermezzo.partners.mozello.FormLayout;
import dev.intermezzo.partners.mozello.FormReading;
import dev.intermezzo.partners.mozello.HostList;
import dev.intermezzo.partners.mozello.MozelloCheckoutVerifier;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.SignatureVerdict;
import dev.intermezzo.schemas.avro.Integration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges a recorded checkout form as the edge would, and shows its layout for an operator to confirm. */
final class FormCheck {
    private static final int HEAD = FormLayout.DOCUMENTED.head().size();

    private final Findings findings;
    private final Instant now;

    FormCheck(Findings findings, Instant now) {
        this.findings = findings;
        this.now = now;
    }

    /** The names of the form's fields in the order received; their values are a buyer's and are not shown. */
    List<String> check(Path file, String contentType, Subject subject) {
        MozelloForm form;
        switch (MozelloForm.read(bytes(file), contentType)) {
            case FormReading.Form readable -> form = readable.form();
            case FormReading.Unreadable unreadable -> {
                findings.problem(
                        file.toString(),
                        unreadable.code(),
                        unreadable.sentence(),
                        "Record the raw body of a checkout, and name its Content-Type with --content-type.");
                return List.of();
            }
        }
        // With several shops, the one whose key signed it; one that nobody signed is judged by the first.
        Map.Entry<String, Integration> shop = subject.integrations().entrySet().stream()
                .filter(each -> verify(form, each, subject).signatureValid())
                .findFirst()
                .or(() -> subject.integrations().entrySet().stream().findFirst())
                .orElseThrow(() -> new CommandFailure(
                        "integration-missing", "The merchant has no shop whose form this could be."));
        judge("integration:" + shop.getKey(), verify(form, shop, subject), form);
        return form.names();
    }

    private void judge(String where, CheckoutVerification verdict, MozelloForm form) {
        if (verdict.signature() instanceof SignatureVerdict.Invalid invalid) {
            findings.problem(
                    where,
                    invalid.code(),
                    "the recorded form is not signed with a key of this shop: " + invalid.sentence(),
                    "Compare mozello-keys with the shop's Payment API key; record the body byte for byte.");
        }
        switch (verdict.admissibility()) {
            case AdmissibilityVerdict.Admissible fine -> findings.note("The recorded form would be paid.");
            case AdmissibilityVerdict.Held held ->
                held.reasons()
                        .forEach(reason -> findings.problem(
                                where,
                                reason.code(),
                                "the recorded form would be held: " + reason.sentence(),
                                remedy(reason.code(), form)));
            case AdmissibilityVerdict.Refused refused ->
                findings.problem(
                        where,
                        refused.code(),
                        "the recorded form would be refused: " + refused.sentence(),
                        "docs/codes.md explains the code; invoice-pattern, currencies and hosts are keys of the "
                                + "integration.");
        }
    }

    private static String remedy(String code, MozelloForm form) {
        if (!code.equals("layout-other")) {
            return "If the host belongs to the shop or to Mozello, add it to shop-hosts or notify-hosts.";
        }
        return "If a second, fresh test order shows the same order of fields, set form-layout: "
                + String.join(
                        ",",
                        form.names().stream()
                                .filter(FormLayout.DOCUMENTED.head()::contains)
                                .limit(HEAD)
                                .toList());
    }

    private CheckoutVerification verify(MozelloForm form, Map.Entry<String, Integration> shop, Subject subject) {
        List<MozelloKey> keys = subject.keysOf(shop.getKey()).stream()
                .filter(secret -> secret.isValidAt(now))
                .flatMap(secret -> secret.value().map(value -> MozelloKey.of(secret.id(), value.reveal())).stream())
                .toList();
        Integration integration = shop.getValue();
        CheckoutRules rules = new CheckoutRules(
                FormLayout.parse(integration.getFormLayout()),
                Pattern.compile(integration.getInvoicePattern()),
                Set.copyOf(integration.getCurrencies()),
                HostList.of(Set.copyOf(integration.getShopHosts())),
                HostList.of(Set.copyOf(integration.getNotifyHosts())),
                subject.isOnThisMachine());
        return MozelloCheckoutVerifier.verify(form, keys, rules);
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) <= MozelloForm.MAX_BODY_BYTES) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new CommandFailure("form-unreadable", "The form " + file + " cannot be read.", e);
        }
        throw new CommandFailure("form-unreadable", "The form " + file + " is larger than any checkout.");
    }
}
