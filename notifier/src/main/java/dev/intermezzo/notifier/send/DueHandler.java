package dev.intermezzo.notifier.send;

import dev.intermezzo.notifier.send.Admission.Admitted;
import dev.intermezzo.notifier.send.Admission.ComeBack;
import dev.intermezzo.partners.mozello.MozelloKey;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.schemas.Ids;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.NotificationDue;
import dev.intermezzo.schemas.avro.NotificationRequest;
import dev.intermezzo.schemas.avro.NotificationResult;
import dev.intermezzo.schemas.avro.NotifyStatus;
import dev.intermezzo.schemas.avro.SendOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Does what one due message says, once: finds address and key, posts, and says what came of it. Whether and when it is
 * tried again is the schedule's to decide.
 */
final class DueHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DueHandler.class);

    private final Shops shops;
    private final ShopKeys keys;
    private final ShopMessage message;
    private final OutboundHttp http;
    private final HostGate gate;
    private final InstantSource clock;

    DueHandler(Shops shops, ShopKeys keys, ShopMessage message, OutboundHttp http, HostGate gate, InstantSource clock) {
        this.shops = shops;
        this.keys = keys;
        this.message = message;
        this.http = http;
        this.gate = gate;
        this.clock = clock;
    }

    /** The report; empty when the message came too late to be acted on: the schedule has issued it again, or will. */
    Optional<NotificationResult> handle(NotificationDue due) {
        Instant began = clock.instant();
        if (began.isAfter(due.getNotAfter())) {
            LOG.atWarn()
                    .addKeyValue("payment", due.getPaymentId())
                    .addKeyValue("due", due.getId())
                    .log("a due message came too late and is dropped");
            return Optional.empty();
        }
        SendReport report = attempt(due);
        Instant ended = clock.instant();
        // While a host is left alone, all its messages come by again and again; that is said once, by the gate.
        LOG.atLevel(report.outcome() == SendOutcome.DEFERRED ? Level.DEBUG : Level.INFO)
                .addKeyValue("payment", due.getPaymentId())
                .addKeyValue("merchant", due.getMerchantId())
                .addKeyValue("due", due.getId())
                .addKeyValue("outcome", report.outcome())
                .addKeyValue("code", report.code())
                .addKeyValue("millis", Duration.between(began, ended).toMillis())
                .log("notification attempt");
        return Optional.of(result(due, report, began, ended));
    }

    private SendReport attempt(NotificationDue due) {
        NotificationRequest request = due.getRequest();
        Optional<Versioned<Integration>> integration = shops.integration(request.getIntegrationId());
        if (integration.isEmpty()) {
            return notSent("integration-unknown");
        }
        Optional<NotifyAddress> address = NotifyAddress.parse(request.getNotifyUrl());
        if (address.isEmpty() || !address.get().isOneOf(integration.get().body().getNotifyHosts())) {
            return notSent("host-not-listed");
        }
        if (isTestMoneyForRealShop(due)) {
            return notSent("shop-not-test");
        }
        Optional<MozelloKey> key;
        try {
            key = keys.find(integration.get(), request.getMozelloKeyId(), shops, clock.instant());
        } catch (SealingException e) {
            LOG.atError()
                    .addKeyValue("integration", request.getIntegrationId())
                    .setCause(e)
                    .log("a shop's key cannot be opened");
            return notSent("key-unreadable");
        }
        return key.isEmpty() ? notSent("key-unknown") : post(request, address.get(), key.get());
    }

    private SendReport post(NotificationRequest request, NotifyAddress address, MozelloKey key) {
        return switch (gate.enter(address.host())) {
            case ComeBack comeBack -> SendReport.deferred(comeBack.after());
            case Admitted admitted -> {
                boolean well = false;
                try {
                    SendReport report = message.read(
                            request, http.send(message.call(request, address.uri(), key)), clock.instant());
                    well = report.hostIsWell();
                    yield report;
                } finally {
                    gate.leave(admitted, well);
                }
            }
        };
    }

    /** The last look before a shop is told that play money has come; the orchestrator does not ask for it either. */
    private boolean isTestMoneyForRealShop(NotificationDue due) {
        return due.getEnvironment() == Environment.SANDBOX
                && due.getRequest().getStatus() == NotifyStatus.APPROVED
                && shops.merchant(due.getMerchantId())
                        .filter(merchant -> !merchant.body().getTestShop())
                        .isPresent();
    }

    private static SendReport notSent(String code) {
        return SendReport.of(SendOutcome.NOT_SENT, code);
    }

    private static NotificationResult result(NotificationDue due, SendReport report, Instant began, Instant ended) {
        return new NotificationResult(
                Ids.result(due.getId()),
                due.getPaymentId(),
                due.getMerchantId(),
                due.getEnvironment(),
                ended.truncatedTo(ChronoUnit.MICROS),
                due.getRequest().getId(),
                due.getAttempt(),
                report.outcome(),
                report.httpStatus(),
                report.shopStatus(),
                report.retryAfterSeconds(),
                (int) Math.max(0, Duration.between(began, ended).toMillis()));
    }
}
