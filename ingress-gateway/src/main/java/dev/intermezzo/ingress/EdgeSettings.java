package dev.intermezzo.ingress;

import dev.intermezzo.ingress.http.Proxies;
import dev.intermezzo.ingress.listing.ListingSettings;
import dev.intermezzo.ingress.spool.SpoolSettings;
import dev.intermezzo.ingress.verification.VerifiedUserShape;
import dev.intermezzo.partners.hosts.SandboxHost;
import dev.intermezzo.runtime.http.SandboxSwitch;
import dev.intermezzo.runtime.network.Network;
import dev.intermezzo.runtime.settings.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the role {@code edge}.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for a free one
 * @param publicUrl address under which browsers and the Cashier reach the edge, without a path
 * @param sandboxAddresses whether forms may lead to a {@link SandboxHost} (http://localhost): for the sandbox only
 * @param checkoutDeadline a checkout and every other act of a buyer is answered within this time
 * @param viewWait how long of it a browser is kept for news before it is sent to the waiting page
 * @param webhookDeadline a webhook that Kafka does not take within this time goes to the spool
 * @param mostBehind how long the orchestrator may leave facts unanswered before new checkouts are turned away
 * @param answerWithin how long the orchestrator may take for a fact, at its pace, before new checkouts are turned away
 * @param longPoll how long the state of a payment is kept back while it does not change
 * @param pageLifetime how long a payment's page can be looked at; never less than the order's time
 * @param limits how much is served at once
 * @param stop how it stops
 * @param spool where webhooks go that Kafka does not take
 * @param listing how the public listing's shops are served
 * @param verifiedUser how a buyer is described to Mozarto that hands back a session token of ours
 * @param proxies who may say from which address a request comes
 * @param webhookNetworks where the Cashier's webhooks come from; empty: from anywhere
 */
public record EdgeSettings(
        String host,
        int port,
        URI publicUrl,
        boolean sandboxAddresses,
        Duration checkoutDeadline,
        Duration viewWait,
        Duration webhookDeadline,
        Duration mostBehind,
        Duration answerWithin,
        Duration longPoll,
        Duration pageLifetime,
        Limits limits,
        Stop stop,
        SpoolSettings spool,
        ListingSettings listing,
        VerifiedUserShape verifiedUser,
        Proxies proxies,
        List<Network> webhookNetworks) {

    public EdgeSettings {
        webhookNetworks = List.copyOf(webhookNetworks);
    }

    /**
     * Bounds on what is served at once. Each kind has its own, so that none can keep another out.
     *
     * @param maxInFlight requests of browsers; more are answered 503
     * @param maxTurnedAway forms beyond that which are read all the same, so that their page offers them again
     * @param maxWebhooks webhooks; the most that are in memory at once
     * @param maxPolls pages that wait for news; more are told to ask again later
     * @param maxConnections connections; more wait to be accepted
     * @param maxVoucherTries vouchers from one address within an hour; more are answered 429
     */
    public record Limits(
            int maxInFlight,
            int maxTurnedAway,
            int maxWebhooks,
            int maxPolls,
            int maxConnections,
            int maxVoucherTries) {}

    /**
     * How it stops.
     *
     * @param notice how long it goes on taking requests after {@code /ready} has said no
     * @param atMost how long it then waits for the requests that are being served
     */
    public record Stop(Duration notice, Duration atMost) {}

    /** Reads the keys {@code ingress.*}, {@code mozello.*} and {@code sandbox.loopback}, which is every stage's. */
    public static EdgeSettings read(SettingsReader settings) {
        URI publicUrl = settings.about(
                        "Address under which browsers and the Cashier reach the edge: https, without a path; http only for this machine.")
                .uri("ingress.public-url", URI.create("http://127.0.0.1:8080"));
        if (!publicUrl.getScheme().equals("https") && !SandboxHost.matches(publicUrl.getHost())) {
            settings.problem("ingress.public-url must be https: buyers' cookies and details travel there.");
        }
        if (!publicUrl.getPath().isEmpty() && !publicUrl.getPath().equals("/")) {
            settings.problem("ingress.public-url must not have a path.");
        }
        Duration checkout = time(
                settings.about("A checkout, and every other act of a buyer, is answered within this time."),
                "ingress.checkout-deadline",
                Duration.ofMillis(1_800),
                Duration.ofSeconds(10));
        return new EdgeSettings(
                settings.about("Address the edge listens on.").text("ingress.host", "127.0.0.1"),
                settings.about("Port the edge listens on; 0: any free one.").integer("ingress.port", 8080, 0, 65_535),
                publicUrl,
                SandboxSwitch.read(settings),
                checkout,
                time(
                        settings.about(
                                "How long of it a browser is kept for news before it is sent to the waiting page; not above the checkout deadline."),
                        "ingress.view-wait",
                        Duration.ofMillis(1_500),
                        checkout),
                // The Cashier gives up after 10 s (webhook delivery).
                time(
                        settings.about("A webhook that Kafka does not take within this time goes to the spool."),
                        "ingress.webhook-deadline",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(8)),
                // Longer than a hand-over between orchestrators takes (docs/guarantees.md), which turns nobody away.
                settings.about(
                                "How long the orchestrator may leave a buyer's fact unanswered before new checkouts of that partition are answered 503.")
                        .duration(
                                "ingress.most-behind",
                                Duration.ofSeconds(8),
                                Duration.ofMillis(100),
                                Duration.ofHours(1)),
                settings.about(
                                "New checkouts are answered 503 while more facts of buyers wait than the orchestrator answers within this time, at its pace of the last ten seconds; 48 may always wait.")
                        .duration(
                                "ingress.answer-within",
                                Duration.ofMillis(500),
                                Duration.ofMillis(100),
                                Duration.ofHours(1)),
                // Well below the 30 s after which many proxies cut an idle request.
                time(
                        settings.about("How long the state of a payment is kept back while it does not change."),
                        "ingress.long-poll",
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(28)),
                settings.about("How long a payment's page can be looked at; not below the order time.")
                        .duration(
                                "ingress.page-lifetime", Duration.ofDays(3), Duration.ofHours(1), Duration.ofDays(60)),
                limits(settings),
                stop(settings),
                SpoolSettings.read(settings),
                ListingSettings.read(settings),
                settings.about(
                                "What Mozarto is answered when it verifies a buyer's session, which its documents leave open: the fields at the top, or in data as in its own answers.")
                        .choice("ingress.verified-user", VerifiedUserShape.FLAT),
                Proxies.read(
                        settings,
                        "ingress",
                        "The address is told to providers that must know it; tries of vouchers are counted by it, and the networks of webhooks compared with it."),
                settings.about(
                                "Where the Cashier's webhooks come from: those from elsewhere are answered 403. Mozarto does not document its addresses; left out, webhooks are taken from anywhere.")
                        .networks("ingress.webhook-networks"));
    }

    private static Limits limits(SettingsReader settings) {
        return new Limits(
                settings.about("Requests of browsers served at once; more are answered 503.")
                        .integer("ingress.max-in-flight", 512, 1, 100_000),
                settings.about(
                                "Forms beyond them that are read all the same, so that the page with the 503 offers to send them again; more get a page without.")
                        .integer("ingress.max-turned-away", 256, 1, 100_000),
                settings.about("Webhooks taken at once; a bound of its own, so that browsers cannot keep them out.")
                        .integer("ingress.max-webhooks", 512, 1, 100_000),
                settings.about("Pages that wait for news at once; more are told to ask again later.")
                        .integer("ingress.max-polls", 10_000, 1, 1_000_000),
                settings.about("Connections at once; more wait until one ends. Above the sum of the bounds before it.")
                        .integer("ingress.max-connections", 20_000, 1, 1_000_000),
                settings.about(
                                "Vouchers tried from one address within an hour, at all instances together; more are answered 429. Raise it where many buyers share an address.")
                        .integer("ingress.max-voucher-tries", 10, 1, 100_000));
    }

    private static Stop stop(SettingsReader settings) {
        return new Stop(
                settings.about(
                                "How long requests are still taken after /ready has said no; as long as the load balancer needs to notice.")
                        .duration("ingress.stop-notice", Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20)),
                settings.about("How long a stop waits for the requests that are being served.")
                        .duration(
                                "ingress.stop-wait",
                                Duration.ofSeconds(10),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(20)));
    }

    /** Whether browsers reach the edge over https, which decides the cookies' form. */
    boolean https() {
        return publicUrl.getScheme().equals("https");
    }

    private static Duration time(SettingsReader settings, String key, Duration usual, Duration longest) {
        return settings.duration(key, usual, Duration.ofMillis(10), longest);
    }
}
