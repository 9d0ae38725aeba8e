package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermezzo.sandbox.cashier.Answers.Answer;
import dev.intermezzo.sandbox.cashier.PspRules.PayOutOffer;
import dev.intermezzo.sandbox.cashier.PspRules.PayOutRules;
import dev.intermezzo.sandbox.faults.CallFault;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.web.LoopbackServer.Mischief;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/api/mozarto/cashier}: checks in the order company, buyer, body; then opens a page, or pays out. */
final class CashierEndpoint {

    private static final String PAYOUT = "PAYOUT";

    private final CashierSettings settings;
    private final ObjectMapper json;
    private final Answers answers;
    private final BuyerContext.Reader buyers;
    private final Map<String, Company> companies = new ConcurrentHashMap<>();
    private final Provider provider;
    private final Flexepin flexepin;
    private final Redemptions redemptions;
    private final PayOuts payOuts;
    private final InstantSource clock;
    private final Supplier<URI> base;
    private final ConcurrentMap<String, FaultPlan> expected = new ConcurrentHashMap<>();
    private final Map<String, Boolean> struck = new ConcurrentHashMap<>();
    private final Map<String, Transaction> paidBeforeAnswer = new ConcurrentHashMap<>();
    private final Queue<CashierCall> journal = new ConcurrentLinkedQueue<>();
    private volatile boolean briteRefuses;

    CashierEndpoint(
            CashierSettings settings,
            ObjectMapper json,
            Provider provider,
            PayOuts payOuts,
            UserVerification verification,
            InstantSource clock,
            Supplier<URI> base) {
        this.settings = settings;
        this.json = json;
        this.answers = new Answers(json);
        this.buyers = new BuyerContext.Reader(verification);
        this.provider = provider;
        this.flexepin = new Flexepin(json, answers, clock);
        this.redemptions = new Redemptions(provider);
        this.payOuts = payOuts;
        this.clock = clock;
        this.base = base;
    }

    /** From now on this company's calls are taken. */
    void admit(String companyToken, Company company) {
        companies.put("Bearer " + companyToken, company);
    }

    void expectVoucher(String email, TransactionStatus outcome) {
        redemptions.expect(email, outcome);
    }

    /** From now on Brite refuses each session. */
    void refuseBriteSessions() {
        briteRefuses = true;
    }

    void expect(String email, FaultPlan faults) {
        expected.put(email, faults);
    }

    List<VoucherRedemption> redeemedVouchers() {
        return flexepin.redeemed();
    }

    List<CashierCall> journal() {
        return List.copyOf(journal);
    }

    /** One call on its way to an answer. */
    private record Call(Context context, Mischief mischief, Instant arrived, JsonNode body, CallFault fault) {

        String text(String field) {
            return PayInRequest.text(body, field);
        }

        Call struckBy(CallFault planned) {
            return new Call(context, mischief, arrived, body, planned);
        }
    }

    void handle(Context context, Mischief mischief) {
        Call call = new Call(context, mischief, clock.instant(), read(context.bodyAsBytes()), CallFault.NONE);
        @Nullable Company company = companies.get(Objects.requireNonNullElse(context.header("Authorization"), ""));
        if (company == null) {
            answer(call, "", unauthorized());
            return;
        }
        switch (buyers.read(company, context, call.body(), verificationHangs(call))) {
            case BuyerContext.Known(JsonNode claims) -> known(call, company, claims);
            case BuyerContext.Unauthorized none -> answer(call, "", unauthorized());
            case BuyerContext.NotAToken none -> {
                mischief.hold(settings.tokenHang());
                answer(call, "", answers.gatewayTimeout());
            }
            case BuyerContext.Hanging hanging -> {
                struck.put(call.text("email"), true);
                hang(call.struckBy(CallFault.VERIFICATION_HANG));
            }
        }
    }

    private Answer unauthorized() {
        return answers.refused(401, "Unauthorized", List.of());
    }

    private boolean verificationHangs(Call call) {
        String email = call.text("email");
        return expected.getOrDefault(email, FaultPlan.NONE).call() == CallFault.VERIFICATION_HANG
                && !struck.containsKey(email);
    }

    /** Who the company and its buyer are is known; now for what is asked. */
    private void known(Call call, Company company, JsonNode claims) {
        @Nullable Answer refusal = refusal(call, company, claims);
        if (refusal != null) {
            answer(call, "", refusal);
            return;
        }
        Psp psp = Psp.ofCode(call.text("pspType")).orElseThrow();
        PayInRequest request = PayInRequest.of(company, psp, call.body());
        if (call.text("type").equals(PAYOUT) && psp.rules().payOut(call.body()) instanceof PayOutOffer.Served served) {
            payOut(call.struckBy(payOuts.nextFault(request.email())), request, served.rules());
        } else if (psp.rules() instanceof Neosurf neosurf) {
            redeem(call, request, neosurf);
        } else {
            open(call, request);
        }
    }

    /** A voucher's answer names no page, and its webhook follows. */
    private void redeem(Call call, PayInRequest request, Neosurf rules) {
        redemptions
                .redeem(request)
                .ifPresentOrElse(
                        redeemed -> answer(call, redeemed.id(), answers.redeemed(redeemed, rules)),
                        () -> answer(call, "", answers.voucherRefused(rules)));
    }

    private void open(Call call, PayInRequest request) {
        @Nullable Transaction paid = paidBeforeAnswer.get(request.email());
        if (paid != null) {
            // The first answer never came, and the same page is asked for again: this buyer pays nothing twice.
            page(call, paid);
            return;
        }
        FaultPlan faults = expected.getOrDefault(request.email(), FaultPlan.NONE);
        Call struck = call.struckBy(nextFault(request.email(), faults));
        switch (struck.fault()) {
            case ERROR_500, ERROR_UNDER_200 -> failed(struck);
            case HANG, VERIFICATION_HANG -> hang(struck);
            case NONE,
                    DELAY,
                    LOST_ANSWER,
                    WEBHOOK_BEFORE_ANSWER,
                    WEB_PAGE,
                    EMPTY_ANSWER,
                    PAGE_WITHOUT_TLS,
                    PAGE_ELSEWHERE -> opened(struck, provider.open(request, faults.webhook()));
        }
    }

    /** The transaction exists; what the caller hears of it is another matter. */
    private void opened(Call call, Transaction transaction) {
        switch (call.fault()) {
            case NONE -> page(call, transaction);
            case DELAY -> {
                call.mischief().hold(settings.delay());
                page(call, transaction);
            }
            case LOST_ANSWER -> lose(call, transaction);
            case WEBHOOK_BEFORE_ANSWER -> {
                paidBeforeAnswer.put(transaction.request().email(), transaction);
                provider.approveBeforeAnswer(transaction);
                page(call, transaction);
            }
            case WEB_PAGE, EMPTY_ANSWER -> nonsense(call, transaction);
            case PAGE_WITHOUT_TLS -> page(call, transaction, URI.create("http://page.example.com/1"));
            case PAGE_ELSEWHERE -> page(call, transaction, URI.create("https://elsewhere.example.com/1"));
            case ERROR_500, ERROR_UNDER_200, HANG, VERIFICATION_HANG ->
                throw new IllegalStateException(call.fault() + " opens no transaction");
        }
    }

    private void payOut(Call call, PayInRequest request, PayOutRules rules) {
        switch (call.fault()) {
            case NONE, PAGE_WITHOUT_TLS, PAGE_ELSEWHERE -> paid(call, payOuts.pay(request), rules);
            case DELAY -> {
                Transaction transaction = payOuts.pay(request);
                call.mischief().hold(settings.payOutDelay());
                paid(call, transaction, rules);
            }
            case ERROR_500, ERROR_UNDER_200 -> failed(call);
            case HANG, VERIFICATION_HANG -> hang(call);
            case LOST_ANSWER -> lose(call, payOuts.pay(request));
            case WEB_PAGE, EMPTY_ANSWER -> nonsense(call, payOuts.pay(request));
            case WEBHOOK_BEFORE_ANSWER -> paid(call, payOuts.payAndTell(request), rules);
        }
    }

    private void paid(Call call, Transaction transaction, PayOutRules rules) {
        answer(call, transaction.id(), answers.payOut(transaction, rules));
    }

    private void failed(Call call) {
        answer(call, "", call.fault() == CallFault.ERROR_500 ? answers.internalError() : answers.errorUnderSuccess());
    }

    private void nonsense(Call call, Transaction transaction) {
        answer(call, transaction.id(), call.fault() == CallFault.WEB_PAGE ? answers.webPage() : answers.empty());
    }

    private void hang(Call call) {
        call.mischief().hold(settings.hang());
        write(call, "", 0);
        call.mischief().drop(call.context());
    }

    private void lose(Call call, Transaction transaction) {
        write(call, transaction.id(), 0);
        call.mischief().drop(call.context());
    }

    /** The planned fault strikes the buyer's first call only; that of the verification only where there is one. */
    private CallFault nextFault(String email, FaultPlan faults) {
        if (faults.call() == CallFault.NONE || faults.call() == CallFault.VERIFICATION_HANG) {
            return CallFault.NONE;
        }
        return struck.putIfAbsent(email, true) == null ? faults.call() : CallFault.NONE;
    }

    private @Nullable Answer refusal(Call call, Company company, JsonNode claims) {
        for (String name : List.of("pspType", "type")) {
            if (call.text(name).isEmpty()) {
                return answers.refused(400, "Missing required field: " + name, List.of());
            }
        }
        if (Flexepin.takes(call.body())) {
            // A voucher's answer is final, whatever it says: there is no page to open.
            return flexepin.redeem(call.body());
        }
        if (briteRefuses && call.text("pspType").equals(Psp.BRITE.name())) {
            return answers.sessionRefused(provider.newId());
        }
        return Psp.ofCode(call.text("pspType"))
                .filter(company::hasSetUp)
                .map(psp -> refusal(psp.rules(), call, claims))
                .orElseGet(() -> Optional.of(answers.configurationMissing()))
                .orElse(null);
    }

    private Optional<Answer> refusal(PspRules rules, Call call, JsonNode claims) {
        FieldChecks checks = new FieldChecks(call.body(), claims);
        return switch (call.text("type")) {
            case "PAYIN" -> {
                rules.checkPayIn(checks);
                yield invalid(checks);
            }
            case PAYOUT ->
                switch (rules.payOut(call.body())) {
                    case PayOutOffer.None none -> noRule();
                    case PayOutOffer.NotSetUp notSetUp -> Optional.of(answers.configurationMissing());
                    case PayOutOffer.Served served -> {
                        served.rules().check(checks);
                        yield invalid(checks);
                    }
                };
            default -> noRule();
        };
    }

    private Optional<Answer> noRule() {
        return Optional.of(answers.refused(400, "Rules action is not matched", List.of()));
    }

    private Optional<Answer> invalid(FieldChecks checks) {
        List<String> problems = checks.problems();
        return problems.isEmpty() ? Optional.empty() : Optional.of(answers.refused(400, "Validation failed", problems));
    }

    private void page(Call call, Transaction transaction) {
        page(
                call,
                transaction,
                URI.create(
                        base.get() + "/provider/" + transaction.request().psp().path() + "/" + transaction.id()));
    }

    private void page(Call call, Transaction transaction, URI page) {
        answer(call, transaction.id(), answers.page(transaction, page));
    }

    private void answer(Call call, String transaction, Answer answer) {
        write(call, transaction, answer.status());
        call.context().status(answer.status());
        call.context().contentType(answer.body().startsWith("<") ? "text/html" : "application/json");
        call.context().result(answer.body());
    }

    private void write(Call call, String transaction, int answered) {
        journal.add(new CashierCall(
                call.arrived(),
                Duration.between(call.arrived(), clock.instant()),
                call.text("type"),
                call.text("email"),
                transaction,
                call.fault(),
                answered));
    }

    private JsonNode read(byte[] body) {
        try {
            JsonNode node = json.readTree(body);
            return node != null && node.isObject() ? node : json.createObjectNode();
        } catch (IOException e) {
            return json.createObjectNode(); // Refused for its missing fields, as the document's error has it.
        }
    }
}
