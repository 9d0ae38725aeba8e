package dev.intermezzo.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.intermezzo.cli.edge.EdgeAddresses;
import dev.intermezzo.cli.output.Findings;
import dev.intermezzo.partners.mozello.EncodedForm;
import dev.intermezzo.partners.mozello.FormEncoding;
import dev.intermezzo.partners.mozello.FormField;
import dev.intermezzo.partners.mozello.MozelloForm;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.partners.mozello.MozelloSignature;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.http.HttpResult;
import dev.intermezzo.runtime.http.OutboundHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Does our edge answer at its public address, with bodies unchanged, and can we reach the shop's notify hosts and the
 * Cashier? Every question is one bounded call through the guarded client; nothing is paid, published or told.
 */
final class ReachCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES = 16 * 1024;
    private static final String OURS = "urn:intermezzo:problem:";
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    private static final JsonMapper JSON = new JsonMapper();

    private final Findings findings;
    private final OutboundHttp http;
    private final EdgeAddresses addresses;

    ReachCheck(Findings findings, OutboundHttp http, EdgeAddresses addresses) {
        this.findings = findings;
        this.http = http;
        this.addresses = addresses;
    }

    /** Checks what the subject needs; returns what was tried. */
    List<String> check(Subject subject) {
        List<String> tried = new ArrayList<>();
        if (edge(subject, tried)) {
            subject.integrations().keySet().forEach(id -> checkout(id, subject, tried));
            webhook(subject.accountId(), tried);
        }
        Set<String> hosts = new TreeSet<>();
        subject.integrations().values().forEach(integration -> hosts.addAll(integration.getNotifyHosts()));
        for (String host : hosts) {
            String scheme = LOOPBACK.matcher(host).matches() ? "http" : "https";
            answers(
                    "notify-host-unreachable",
                    "the notify host " + host,
                    URI.create(scheme + "://" + host + "/"),
                    "Outcomes could not be told. Check notify-hosts, the firewall for outgoing https, and name service.",
                    tried);
        }
        answers(
                "cashier-unreachable",
                "the Cashier",
                URI.create(subject.account().getBaseUrl()).resolve("/"),
                "No payment could be opened. Check base-url, the firewall for outgoing https, and name service.",
                tried);
        return tried;
    }

    /** The static return page: a plain page of ours, whatever the account. */
    private boolean edge(Subject subject, List<String> tried) {
        URI address = addresses.back(subject.accountId());
        tried.add("GET " + address);
        switch (http.send(bounded(HttpCall.get(address)).withHeader("Accept", "text/html"))) {
            case HttpResult.Answered answered -> {
                String policy = answered.headers().getOrDefault("content-security-policy", "");
                if (answered.status() != 200 || !policy.contains("frame-ancestors 'none'")) {
                    notOurs(address, answered);
                    return false;
                }
                boolean https = "https".equals(address.getScheme());
                if (https && !answered.headers().containsKey("strict-transport-security")) {
                    findings.problem(
                            addresses.publicUrl().toString(),
                            "edge-not-https",
                            "the edge does not know that it is reached over https, so its cookies are not safe ones",
                            "Set ingress.public-url to " + addresses.publicUrl() + " and start the ingress again.");
                }
                return true;
            }
            case HttpResult.NotSent not -> unreachable(not.code());
            case HttpResult.AnswerLost lost -> unreachable(lost.code());
        }
        return false;
    }

    private void unreachable(String code) {
        findings.problem(
                addresses.publicUrl().toString(),
                "tls-failed".equals(code) ? "public-url-tls" : "public-url-unreachable",
                Reached.sentence(code),
                "tls-failed".equals(code)
                        ? "Browsers and Mozarto would refuse it too: serve a certificate of a public authority for this "
                                + "name, with its chain."
                        : "Is the ingress running, does the tunnel or proxy lead to it, and does its name resolve to a "
                                + "public address? Some networks cannot reach their own public address from inside: then "
                                + "run this check from outside.");
    }

    /**
     * A form that is signed with the shop's key and is no order. An edge that knows the key says what is missing in it;
     * any change of the body on the way breaks the signature. The value has what careless proxies change.
     */
    private void checkout(String id, Subject subject, List<String> tried) {
        URI address = addresses.checkoutOf(id, subject.integrations().get(id));
        List<OpenedSecret> keys = subject.keysOf(id);
        if (keys.isEmpty()) {
            return;
        }
        tried.add("POST " + address + " (a signed form that is no order)");
        List<FormField> fields = new ArrayList<>(
                List.of(FormField.of("check", "no order; +%26 \u0101\u010d\r\n  of intermezzo merchants check ")));
        MozelloKey key = MozelloKey.of(
                keys.getLast().id(), keys.getLast().value().orElseThrow().reveal());
        fields.add(FormField.of(MozelloSignature.FIELD, MozelloSignature.sign(MozelloForm.of(fields), key)));
        EncodedForm form = FormEncoding.URLENCODED.encode(fields);
        HttpCall call = HttpCall.post(address, form.contentType(), form.body());
        if (!(http.send(bounded(call).withHeader("Accept", "application/problem+json"))
                instanceof HttpResult.Answered answered)) {
            findings.problem(
                    address.toString(),
                    "public-url-unreachable",
                    "a POST is not answered within " + DEADLINE.toSeconds() + " s",
                    "Does the tunnel or proxy pass POST requests with a body?");
            return;
        }
        String code = problemCode(answered);
        if (code.isEmpty()) {
            notOurs(address, answered);
        } else if (code.startsWith("signature-")) {
            findings.problem(
                    "integration:" + id,
                    "edge-key-differs",
                    "the edge does not take a form that is signed with this key (" + code + ")",
                    "Apply the merchants file to the Kafka that the ingress uses; if it is applied, something between "
                            + "changes request bodies.");
        } else if (answered.status() == 503) {
            findings.problem(
                    address.toString(),
                    "edge-busy",
                    "the edge answers " + code + ", try later",
                    "Look at its /ready, and try again.");
        }
    }

    /** A token that nobody has: our edge refuses it. */
    private void webhook(String accountId, List<String> tried) {
        URI address = addresses.webhook(accountId, "no-such-token-merchants-check");
        tried.add("POST " + address);
        HttpCall call = bounded(HttpCall.postJson(address, "{}")).withHeader("Accept", "application/problem+json");
        boolean refused = http.send(call) instanceof HttpResult.Answered answered
                && answered.status() == 401
                && problemCode(answered).equals("webhook-unauthenticated");
        if (!refused) {
            findings.problem(
                    "account:" + accountId,
                    "webhook-path-blocked",
                    "a webhook does not get through to the edge",
                    "Let the tunnel or proxy pass POST /mozarto/… with JSON bodies and its answers unchanged.");
        }
    }

    private void answers(String code, String what, URI address, String remedy, List<String> tried) {
        tried.add("GET " + address);
        switch (http.send(bounded(HttpCall.get(address)))) {
            case HttpResult.Answered any -> {
                // Whatever it says, it is there.
            }
            case HttpResult.NotSent not ->
                findings.problem(address.toString(), code, what + ": " + Reached.sentence(not.code()), remedy);
            case HttpResult.AnswerLost lost ->
                findings.problem(address.toString(), code, what + ": " + Reached.sentence(lost.code()), remedy);
        }
    }

    private void notOurs(URI address, HttpResult.Answered answered) {
        findings.problem(
                address.toString(),
                "edge-not-there",
                "what answers is not Intermezzo's edge: HTTP " + answered.status(),
                "Let the tunnel or proxy lead to ingress.host and ingress.port, with the path unchanged, and look at the "
                        + "ingress's /ready.");
    }

    private static HttpCall bounded(HttpCall call) {
        return call.withDeadline(DEADLINE).withMaxAnswerBytes(ANSWER_BYTES).onFreshConnection();
    }

    /** The code of our problem details; empty for any other answer. */
    private static String problemCode(HttpResult.Answered answered) {
        try {
            JsonNode problem = JSON.readTree(answered.body());
            return problem.path("type").asText().startsWith(OURS)
                    ? problem.path("code").asText()
                    : "";
        } catch (IOException notJson) {
            return "";
        }
    }
}
