package dev.intermezzo.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.check.Reached;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks each stage whether it is ready; one that is not says why. */
final class ReadyCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    private final Findings findings;

    ReadyCheck(Findings findings) {
        this.findings = findings;
    }

    void check(List<URI> addresses) {
        if (addresses.isEmpty()) {
            findings.note("No stage was asked whether it is ready; name their management addresses with --management.");
            return;
        }
        // Management ports are in our own network, and it is the operator who names them.
        try (OutboundHttp http = new OutboundHttp(AddressPolicy.operatorsOwn())) {
            addresses.forEach(address -> ask(http, address));
        }
    }

    private void ask(OutboundHttp http, URI address) {
        HttpCall call = HttpCall.get(address.resolve("/ready")).withDeadline(DEADLINE);
        switch (http.send(call)) {
            case HttpResult.Answered ready when ready.status() == 200 -> {
                // as it should be
            }
            case HttpResult.Answered not ->
                findings.problem(
                        address.toString(),
                        "stage-not-ready",
                        reasons(not),
                        "Its log says more. A stage that has just started may need some seconds; look again.");
            case HttpResult.NotSent not -> silent(address, not.code());
            case HttpResult.AnswerLost lost -> silent(address, lost.code());
        }
    }

    private void silent(URI address, String code) {
        findings.problem(
                address.toString(),
                "stage-silent",
                Reached.sentence(code),
                "Is the stage running, and is this its management.host and management.port?");
    }

    private static String reasons(HttpResult.Answered answer) {
        List<String> reasons = new ArrayList<>();
        try {
            JsonNode problems = JSON.readTree(answer.body()).path("problems");
            problems.forEach(reason -> reasons.add(reason.asText()));
        } catch (IOException notJson) {
            // told below by its status
        }
        return reasons.isEmpty()
                ? "answers /ready with HTTP " + answer.status()
                : "is not ready: " + String.join(" ", reasons);
    }
}
