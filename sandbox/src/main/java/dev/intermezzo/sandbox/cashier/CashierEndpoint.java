package dev.intermezzo.sandbox.cashier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.intermezzo.sandbox.cashier.Answers.Answer;
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
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/api/mozarto/cashier}: checks in the order token, user token, body; then opens a page, or pays out. */
final class CashierEndpoint {

    private static final String PAYOUT = "PAYOUT";

    private final CashierSettings settings;
    private final ObjectMapper json;
    private final Answers answers;
    private final UserTokenCheck userTokens;
    private final Provider provider;
    private final PayOuts payOuts;
    private final InstantSource clock;
    private final Supplier<URI> base;
    private final ConcurrentMap<String, FaultPlan> expected = new ConcurrentHashMap<>();
    private final Map<String, Boolean> struck = new ConcurrentHashMap<>();
    private final Map<String, Transaction> paidBeforeAnswer = new ConcurrentHashMap<>();
    private final Queue<CashierCall> journal = new ConcurrentLinkedQueue<>();

    CashierEndpoint(
            CashierSettings settings,
            ObjectMapper json,
            Provider provider,
            PayOuts payOuts,
            InstantSource clock,
            Supplier<URI> base) {
        this.settings = settings;
        this.json = json;
        this.answers = new Answers(json);
        this.userTokens = new UserTokenCheck(json, settings.secretKey());
        this.provider = provider;
        this.payOuts = payOuts;
        this.clock = clock;
        this.base = base;
    }

    void expect(String email, FaultPlan faults) {
        expected.put(email, faults);
    }

    List<CashierCall> journal() {
        return List.copyOf(journal);
    }

    void handle(Context context, Mischief mischief) {
        Instant arrived = clock.instant();
        JsonNode body = read(context.bodyAsBytes());
        @Nullable Answer refusal = refusal(context, body, mischief);
        if (refusal != null) {
            answer(context, arrived, body, CallFault.NONE, "", refusal);
            return;
        }
        if (PayInRequest.text(body, "type").equals(PAYOUT)) {
            payOut(context, mischief, arrived, body);
            return;
        }
        FaultPlan faults = expected.getOrDefault(PayInRequest.text(body, "email"), FaultPlan.NONE);
        open(context, mischief, arrived, body, faults);
    }

    private void open(Context context, Mischief mischief, Instant arrived, JsonNode body, FaultPlan faults) {
        Psp psp = Psp.ofCode(PayInRequest.text(body, "pspType")).orElseThrow();
        PayInRequest request = PayInRequest.of(psp, body);
        @Nullable Transaction paid = paidBeforeAnswer.get(request.email());
        if (paid != null) {
            // The first answer never came, and the same page is asked for again: this buyer pays nothing twice.
            page(context, arrived, body, CallFault.NONE, paid);
            return;
        }
        CallFault fault = nextFault(request.email(), faults);
        switch (fault) {
            case NONE -> page(context, arrived, body, fault, provider.open(request, faults.webhook()));
            case DELAY -> {
                Transaction transaction = provider.open(request, faults.webhook());
                mischief.hold(settings.delay());
                page(context, arrived, body, fault, transaction);
            }
            case ERROR_500 -> answer(context, arrived, body, fault, "", answers.internalError());
            case HANG -> {
                mischief.hold(settings.hang());
                write(arrived, body, fault, "", 0);
                mischief.drop(context);
            }
            case LOST_ANSWER -> {
                Transaction transaction = provider.open(request, faults.webhook());
                write(arrived, body, fault, transaction.id(), 0);
                mischief.drop(context);
            }
            case WEBHOOK_BEFORE_ANSWER -> {
                Transaction transaction = provider.open(request, faults.webhook());
                paidBeforeAnswer.put(request.email(), transaction);
                provider.approveBeforeAnswer(transaction);
                page(context, arrived, body, fault, transaction);
            }
        }
    }

    private void payOut(Context context, Mischief mischief, Instant arrived, JsonNode body) {
        PayInRequest request = PayInRequest.of(Psp.PAYONE, body);
        CallFault fault = payOuts.nextFault(request.email());
        switch (fault) {
            case NONE -> paid(context, arrived, body, fault, payOuts.pay(request));
            case DELAY -> {
                Transaction transaction = payOuts.pay(request);
                mischief.hold(settings.payOutDelay());
                paid(context, arrived, body, fault, transaction);
            }
            case ERROR_500 -> answer(context, arrived, body, fault, "", answers.internalError());
            case HANG -> {
                mischief.hold(settings.hang());
                write(arrived, body, fault, "", 0);
                mischief.drop(context);
            }
            case LOST_ANSWER -> {
                write(arrived, body, fault, payOuts.pay(request).id(), 0);
                mischief.drop(context);
            }
            case WEBHOOK_BEFORE_ANSWER -> paid(context, arrived, body, fault, payOuts.payAndTell(request));
        }
    }

    private void paid(Context context, Instant arrived, JsonNode body, CallFault fault, Transaction transaction) {
        answer(context, arrived, body, fault, transaction.id(), answers.payOut(transaction));
    }

    /** The planned fault strikes the buyer's first call only. */
    private CallFault nextFault(String email, FaultPlan faults) {
        if (faults.call() == CallFault.NONE) {
            return CallFault.NONE;
        }
        return struck.putIfAbsent(email, true) == null ? faults.call() : CallFault.NONE;
    }

    private @Nullable Answer refusal(Context context, JsonNode body, Mischief mischief) {
        if (!("Bearer " + settings.companyToken()).equals(context.header("Authorization"))) {
            return answers.refused(401, "Unauthorized", List.of());
        }
        switch (userTokens.judge(context.header("x-user-token"))) {
            case ACCEPTED -> {}
            case MISSING, WRONG_SIGNATURE, CLAIM_MISSING -> {
                return answers.refused(401, "Unauthorized", List.of());
            }
            case NOT_A_JWT -> {
                mischief.hold(settings.tokenHang());
                return answers.gatewayTimeout();
            }
        }
        for (String name : List.of("pspType", "type")) {
            if (PayInRequest.text(body, name).isEmpty()) {
                return answers.refused(400, "Missing required field: " + name, List.of());
            }
        }
        Optional<Psp> psp = Psp.ofCode(PayInRequest.text(body, "pspType"));
        if (psp.isEmpty()) {
            return answers.configurationMissing();
        }
        String type = PayInRequest.text(body, "type");
        if (!type.equals("PAYIN") && !(type.equals(PAYOUT) && psp.get() == Psp.PAYONE)) {
            return answers.refused(400, "Rules action is not matched", List.of());
        }
        List<String> problems = PayInRequest.problems(psp.get(), body);
        return problems.isEmpty() ? null : answers.refused(400, "Validation failed", problems);
    }

    private void page(Context context, Instant arrived, JsonNode body, CallFault fault, Transaction transaction) {
        URI page = URI.create(
                base.get() + "/provider/" + transaction.request().psp().path() + "/" + transaction.id());
        answer(context, arrived, body, fault, transaction.id(), answers.page(transaction, page));
    }

    private void answer(
            Context context, Instant arrived, JsonNode body, CallFault fault, String transaction, Answer answer) {
        write(arrived, body, fault, transaction, answer.status());
        context.status(answer.status());
        context.contentType(answer.body().startsWith("<") ? "text/html" : "application/json");
        context.result(answer.body());
    }

    private void write(Instant arrived, JsonNode body, CallFault fault, String transaction, int answered) {
        journal.add(new CashierCall(
                arrived,
                Duration.between(arrived, clock.instant()),
                PayInRequest.text(body, "type"),
                PayInRequest.text(body, "email"),
                transaction,
                fault,
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
