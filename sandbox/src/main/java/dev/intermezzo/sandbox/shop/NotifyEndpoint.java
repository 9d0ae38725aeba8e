package dev.intermezzo.sandbox.shop;

import dev.intermezzo.sandbox.faults.NotifyFault;
import dev.intermezzo.sandbox.web.LoopbackServer.Mischief;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes {@code order_uuid, status[, check_pending], signature}, Payment API document, section "Notify".
 *
 * <p><b>Invented</b>, because the document leaves them open: success is 200 with {@code {"error":false}}; a refusal by
 * {@code check_pending} is 200 with {@code {"error":true, "error_code":409, "error_message":…, "payment_status":"paid"}},
 * after the error shape that the Apps API documents and with the present status in the Store API's words; a wrong
 * signature is 401, an unknown order 404, an unreadable form 400, all in that error shape.
 */
final class NotifyEndpoint {

    private static final int OK = 200;

    private final Map<String, Order> orders;
    private final Function<String, PaymentSignature> signatures;
    private final InstantSource clock;
    private final Duration hang;
    private final Consumer<Order> changed;
    private final Queue<NotifyCall> journal = new ConcurrentLinkedQueue<>();

    /**
     * @param signatures by the order's id: the shop's own, or that of a public listing
     * @param changed hears of every order whose status a notification has changed
     */
    NotifyEndpoint(
            Map<String, Order> orders,
            Function<String, PaymentSignature> signatures,
            InstantSource clock,
            Duration hang,
            Consumer<Order> changed) {
        this.orders = orders;
        this.signatures = signatures;
        this.clock = clock;
        this.hang = hang;
        this.changed = changed;
    }

    List<NotifyCall> journal() {
        return List.copyOf(journal);
    }

    void handle(Context context, Mischief mischief) {
        Instant arrived = clock.instant();
        List<FormField> fields = FormReader.read(context.contentType(), context.bodyAsBytes());
        Message message = new Message(
                arrived,
                value(fields, "order_uuid"),
                value(fields, "status"),
                value(fields, "check_pending").equals("1"),
                signatures.apply(value(fields, "order_uuid")).verify(fields));
        @Nullable Order order = orders.get(message.orderUuid());
        NotifyFault fault = order == null ? NotifyFault.NONE : order.nextFault();
        switch (fault) {
            case NONE -> answer(context, message, order);
            case ERROR_500 -> {
                write(message, fault, NotifyEffect.NOT_PROCESSED, 500);
                context.status(500).contentType("text/html").result("<h1>Internal Server Error</h1>");
            }
            case HANG -> {
                write(message, fault, NotifyEffect.NOT_PROCESSED, 0);
                mischief.hold(hang);
                mischief.drop(context);
            }
            case LOST_ANSWER -> {
                write(message, fault, judge(message, order).effect(), 0);
                mischief.drop(context);
            }
        }
    }

    private void answer(Context context, Message message, @Nullable Order order) {
        Verdict verdict = judge(message, order);
        write(message, NotifyFault.NONE, verdict.effect(), verdict.status());
        context.status(verdict.status()).contentType("application/json").result(verdict.body());
    }

    private Verdict judge(Message message, @Nullable Order order) {
        if (!message.signatureValid()) {
            return Verdict.refused(NotifyEffect.REFUSED_SIGNATURE, 401, "Incorrect signature");
        }
        if (order == null) {
            return Verdict.refused(NotifyEffect.REFUSED_FORM, 404, "Order not found");
        }
        return switch (message.status()) {
            case "approved" -> judge(order, PaymentStatus.PAID, message.checkPending());
            case "failed" -> judge(order, PaymentStatus.FAILED, message.checkPending());
            default -> Verdict.refused(NotifyEffect.REFUSED_FORM, 400, "Status not known");
        };
    }

    private Verdict judge(Order order, PaymentStatus told, boolean onlyPending) {
        NotifyEffect effect = order.take(told, onlyPending);
        if (effect == NotifyEffect.CHANGED) {
            changed.accept(order);
        }
        if (effect != NotifyEffect.REFUSED_NOT_PENDING) {
            return new Verdict(effect, OK, "{\"error\":false}");
        }
        String body = "{\"error\":true,\"error_code\":409,\"error_message\":\"The order is not awaiting payment\","
                + "\"payment_status\":\"" + order.snapshot().status().word() + "\"}";
        return new Verdict(effect, OK, body);
    }

    private void write(Message message, NotifyFault fault, NotifyEffect effect, int answered) {
        journal.add(new NotifyCall(
                message.at(),
                message.orderUuid(),
                message.status(),
                message.checkPending(),
                message.signatureValid(),
                fault,
                effect,
                answered));
    }

    private static String value(List<FormField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(FormField::value)
                .reduce("", (earlier, later) -> later);
    }

    private record Message(Instant at, String orderUuid, String status, boolean checkPending, boolean signatureValid) {}

    private record Verdict(NotifyEffect effect, int status, String body) {

        static Verdict refused(NotifyEffect effect, int status, String sentence) {
            return new Verdict(
                    effect,
                    status,
                    "{\"error\":true,\"error_code\":" + status + ",\"error_message\":\"" + sentence + "\"}");
        }
    }
}
