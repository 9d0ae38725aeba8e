package dev.intermezzo.cli.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.cashier.TransactionSnapshot;
import dev.intermezzo.sandbox.shop.OrderSnapshot;
import dev.intermezzo.sandbox.shop.PaymentStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One installation with its simulated partners and one real browser, which all these tests share, each with shoppers of its own;
 * and the ways that many of them begin with.
 */
final class BrowserWorld implements AutoCloseable {

    static final String CANADIAN = "+1 416 555 0123";
    static final String LATVIAN = "+371 20000000";

    /** What a page may weigh with everything that it loads (issue 5). */
    private static final long MOST_BYTES = 60_000;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Clock clock = new Clock();
    private final Chromium chromium = Chromium.launch();
    private final SandboxWorld sandbox;

    private BrowserWorld() {
        try {
            sandbox = SandboxWorld.start(
                    Files.createTempDirectory(Path.of("target"), "browser-"), Ports.free(), clock, what -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The machine's clock, or one ahead of it. */
    private static final class Clock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return InstantSource.system().instant().plus(ahead);
        }
    }

    /**
     * What stages and partners show to somebody who looks so much later. Nothing may happen to a payment meanwhile: Kafka's own
     * clock stays where it is.
     */
    void later(Duration time, Runnable look) {
        clock.ahead = time;
        try {
            look.run();
        } finally {
            clock.ahead = Duration.ZERO;
        }
    }

    SandboxWorld sandbox() {
        return sandbox;
    }

    /** Another person's browser. */
    Shopper shopper() {
        return chromium.shopper(true);
    }

    Shopper shopperWithoutScript() {
        return chromium.shopper(false);
    }

    /** To the shop's window and off with what two providers and a voucher can pay, in a shop of this language. */
    void leaveShop(Shopper shopper, String language) {
        shopper.page().navigate(sandbox.shop().base() + "/");
        shopper.page().locator("summary").last().click();
        shopper.page().getByLabel("Language of the shop").last().fill(language);
        shopper.button("Checkout").last().click();
        if (!shopper.scripted()) {
            shopper.button("Continue").click();
        }
    }

    /** From the shop's window to the choice of a method, in English; returns the payment's address. */
    String toChoice(Shopper shopper) {
        leaveShop(shopper, "en");
        shopper.waitFor("A few details are missing");
        return address(shopper.page());
    }

    /** From the shop's window to the form for the missing telephone number; returns the payment's address. */
    String toDetails(Shopper shopper) {
        shopper.page().navigate(sandbox.shop().base() + "/");
        shopper.picture("01-shop");
        shopper.button("Checkout").first().click();
        shopper.waitFor("A few details are missing");
        assertThat(shopper.page().url()).startsWith(sandbox.ingress() + "/pay/");
        return address(shopper.page());
    }

    /** The same, and on to the only provider's page. */
    String toProvider(Shopper shopper) {
        String payPage = toDetails(shopper);
        phone(shopper.page()).fill(CANADIAN);
        shopper.button("Continue").click();
        shopper.waitFor("Confirm your payment");
        assertThat(shopper.page().url()).startsWith(sandbox.cashier().base() + "/");
        return payPage;
    }

    /** Where a payment's page is, whatever it was asked for with. */
    static String address(Page tab) {
        return tab.url().replaceFirst("\\?.*", "");
    }

    static Locator phone(Page tab) {
        return tab.locator("#phone");
    }

    static Locator method(Page tab, String provider) {
        return tab.locator("#method-" + provider);
    }

    static Locator pin(Page tab) {
        return tab.locator("#voucherPin");
    }

    /** How many pages were opened at providers so far. */
    int pagesOpened() {
        return sandbox.cashier().transactions().size();
    }

    TransactionSnapshot latestPage() {
        return sandbox.cashier().transactions().stream()
                .max(Comparator.comparing(TransactionSnapshot::created))
                .orElseThrow();
    }

    int vouchersRedeemed() {
        return sandbox.cashier().redeemedVouchers().size();
    }

    /** From the shop's last page to its order, which becomes what it should be, and is told so once. */
    void assertOrderBecomes(Shopper shopper, PaymentStatus status) {
        if (!shopper.page().url().contains("/orders/")) {
            shopper.link("See the order").click();
        }
        String path = URI.create(shopper.page().url()).getPath();
        String uuid = path.substring(path.lastIndexOf('/') + 1);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(sandbox.shop().order(uuid))
                        .get()
                        .extracting(OrderSnapshot::status, OrderSnapshot::statusChanges)
                        .containsExactly(status, 1));
    }

    /**
     * Whatever happened on the way: no error on a console, nothing foreign loaded, no heavy page.
     *
     * @param expected what the browser itself says on its console about an answer that was meant, in order
     */
    void assertWellBehaved(Shopper shopper, String... expected) {
        Set<Integer> ours = List.of(sandbox.shop().base(), sandbox.cashier().base(), sandbox.ingress()).stream()
                .map(URI::getPort)
                .collect(Collectors.toSet());
        assertThat(shopper.complaints()).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(shopper.complaints().get(i)).contains(expected[i]);
        }
        assertThat(shopper.asked()).isNotEmpty().allSatisfy(address -> {
            assertThat(address.getHost()).isIn("127.0.0.1", "localhost");
            assertThat(address.getPort()).isIn(ours);
        });
        assertThat(shopper.weights(sandbox.ingress())).isNotEmpty();
        assertThat(shopper.weights(sandbox.ingress()).values())
                .allSatisfy(weight -> assertThat(weight).isPositive().isLessThanOrEqualTo(MOST_BYTES));
    }

    @Override
    public void close() {
        sandbox.close();
        chromium.close();
    }

    /** Gives each test class the one world, closed after the last test. */
    static final class Shared implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Shared.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == BrowserWorld.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(BrowserWorld.class, unused -> new BrowserWorld(), BrowserWorld.class);
        }
    }
}
