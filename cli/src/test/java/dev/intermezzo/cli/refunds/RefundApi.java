package dev.intermezzo.cli.refunds;

import static dev.intermezzo.cli.refunds.MerchantSystem.json;
import static dev.intermezzo.cli.refunds.MerchantSystem.send;

import com.fasterxml.jackson.databind.JsonNode;
import dev.intermezzo.cli.kafka.CommandRun;
import dev.intermezzo.cli.kafka.TestKafka;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.ingress.api.MerchantApiService;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.check.PlannedPayment;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole installation with two instances of the merchant API, and the shop's own system that asks them for refunds. */
final class RefundApi implements AutoCloseable {
    static final String SCOPES = "payments:read,payouts:read,refunds:write";

    final SandboxWorld world;
    final MerchantApiService one;
    final MerchantApiService two;
    private final MerchantSystem shop;

    private RefundApi(SandboxWorld world) {
        this.world = world;
        this.shop = MerchantSystem.issued(world.kafka(), SandboxWorld.SHOP, SCOPES);
        this.one = MerchantSystem.api(world.kafka(), 1_000);
        this.two = MerchantSystem.api(world.kafka(), 1_000);
    }

    static RefundApi start(Path folder) {
        return new RefundApi(SandboxWorld.start(folder, Ports.free(), what -> {}));
    }

    @Override
    public void close() {
        Stream.of(one, two).forEach(MerchantApiService::close);
        world.close();
    }

    HttpResponse<String> refund(MerchantApiService api, String payment, String name, String amount, String reason) {
        return send(request(api, payment, name, amount, reason));
    }

    HttpRequest request(MerchantApiService api, String payment, String name, String amount, String reason) {
        return request(api, payment, name, amount, reason, shop);
    }

    HttpRequest request(
            MerchantApiService api, String payment, String name, String amount, String reason, MerchantSystem by) {
        return by.post(api, refunds(payment), name, body(amount, reason));
    }

    HttpResponse<String> posted(String payment, @Nullable String name, String contentType, String body) {
        HttpRequest.Builder request = shop.posting(one, refunds(payment), body).header("Content-Type", contentType);
        return send((name == null ? request : request.header("Idempotency-Key", name)).build());
    }

    private static String refunds(String payment) {
        return "/api/v1/payments/" + payment + "/refunds";
    }

    static String body(String amount, String reason) {
        return "{\"amount\":\"%s\",\"currency\":\"CAD\",\"reason\":\"%s\"}".formatted(amount, reason);
    }

    JsonNode payment(String id) {
        return json(get(one, "/api/v1/payments/" + id));
    }

    JsonNode payOut(HttpResponse<String> asked) {
        return shop.payOut(one, asked);
    }

    HttpResponse<String> get(MerchantApiService api, String path) {
        return shop.get(api, path);
    }

    List<TransactionSnapshot> payOuts(PlannedPayment planned) {
        return world.cashier().payOuts().stream()
                .filter(payOut -> payOut.email().equals(planned.email()))
                .toList();
    }

    CommandRun run(Object command, String... arguments) {
        return CommandRun.of(command, TestKafka.options(world.kafka()), arguments);
    }
}
