package dev.intermezzo.cli.bench;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.up.Ports;
import dev.intermezzo.cli.up.SandboxWorld;
import dev.intermezzo.sandbox.faults.FaultPlan;
import dev.intermezzo.sandbox.load.FirstLook;
import dev.intermezzo.sandbox.load.FirstLook.Led;
import dev.intermezzo.sandbox.load.FirstLook.Seen;
import dev.intermezzo.sandbox.load.PaintBrowser;
import dev.intermezzo.sandbox.shop.SignedForm;
import dev.intermezzo.sandbox.web.LoopbackServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Buyers arrive at a steady pace, each with a signed form, and look at the page that they are led to. Beside each of them
 * another one looks at the same bytes on a server that does nothing else, on the same machine at the same moment: the floor.
 */
final class PagesRun {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final BigDecimal AMOUNT = new BigDecimal("49.00");
    private static final String WORD = "/word";
    private static final String SHOP = "/shop";

    /** A browser takes more of the machine than many buyers without one: it must not be the load that is measured. */
    private static final Duration BETWEEN_PAINTS = Duration.ofMillis(500);

    private final int rate;
    private final int warmUp;
    private final int seconds;
    private final Consumer<String> told;
    private final Queue<Look> looks = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Optional<Path> chromium;

    /**
     * @param rate checkouts per second
     * @param warmUp seconds in which checkouts come and nothing is measured
     * @param seconds measured after it
     * @param chromium a browser that looks at pages too, one after the other, as long as is measured
     */
    PagesRun(int rate, int warmUp, int seconds, Optional<Path> chromium, Consumer<String> told) {
        this.rate = rate;
        this.warmUp = warmUp;
        this.seconds = seconds;
        this.chromium = chromium;
        this.told = told;
    }

    /**
     * One buyer's first look at a page.
     *
     * @param firstByte from asking for the page to the first byte of it
     * @param complete the same to its last byte; nothing else is needed to show it
     * @param floor the same on the bare server
     * @param bytes of both
     */
    record Look(Duration firstByte, Duration complete, Duration floor, int bytes) {}

    /**
     * What the buyers saw.
     *
     * @param paints first contents that the browser painted; empty without one
     * @param failures of checkouts that did not lead to a page, what was wrong
     */
    record Result(List<Look> looks, List<Paint> paints, List<String> failures) {}

    /**
     * A real browser's first look, from asking for a page to its first content on the screen.
     *
     * @param floor the same of a page that is one word long, from the bare server, just after
     */
    record Paint(Duration page, Duration floor) {}

    Result run(Path folder) throws InterruptedException {
        told.accept("starting an installation with a simulated shop and Cashier");
        List<Paint> paints;
        try (SandboxWorld world = SandboxWorld.start(folder, Ports.free(), what -> {});
                FirstLook buyers = new FirstLook()) {
            Seen sample = first(world, buyers);
            try (LoopbackServer bare = LoopbackServer.start(0, routes -> serve(routes, sample))) {
                told.accept("warming up for " + warmUp + " s");
                arrive(world, buyers, bare.base(), warmUp);
                looks.clear();
                failures.clear();
                told.accept("measuring for " + seconds + " s");
                paints = measured(world, buyers, bare.base(), folder);
            }
        }
        return new Result(List.copyOf(looks), paints, List.copyOf(failures));
    }

    private List<Paint> measured(SandboxWorld world, FirstLook buyers, URI bare, Path folder)
            throws InterruptedException {
        if (chromium.isEmpty()) {
            arrive(world, buyers, bare, seconds);
            return List.of();
        }
        try (PaintBrowser browser = PaintBrowser.launch(chromium.get(), folder.resolve("browser"));
                ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
            // The first look starts what every later one finds running, as at home.
            paint(world, buyers, bare, browser);
            AtomicBoolean arriving = new AtomicBoolean(true);
            Future<List<Paint>> paints = beside.submit(() -> {
                List<Paint> seen = new ArrayList<>();
                while (arriving.get()) {
                    seen.add(paint(world, buyers, bare, browser));
                    LockSupport.parkNanos(BETWEEN_PAINTS.toNanos());
                }
                return seen;
            });
            try {
                arrive(world, buyers, bare, seconds);
            } finally {
                arriving.set(false);
            }
            return paints.get();
        } catch (IOException | ExecutionException e) {
            throw new CommandFailure("bench-failed", "The browser was shown no page: " + e.getMessage(), e);
        }
    }

    private static Paint paint(SandboxWorld world, FirstLook buyers, URI bare, PaintBrowser browser)
            throws IOException, InterruptedException {
        Led led = buyers.lead(form(world));
        URI shop = elsewhere(bare).resolve(SHOP);
        return new Paint(
                browser.firstPaint(shop, world.ingress().resolve(led.path()), led.cookies()),
                browser.firstPaint(shop, bare.resolve(WORD), List.of()));
    }

    /** The same server by another name: for a browser, another site, as a shop is. */
    private static URI elsewhere(URI bare) {
        return URI.create(
                "http://" + (bare.getHost().equals("localhost") ? "127.0.0.1" : "localhost") + ":" + bare.getPort());
    }

    private static Seen first(SandboxWorld world, FirstLook buyers) throws InterruptedException {
        try {
            return buyers.checkout(form(world), world.ingress());
        } catch (IOException e) {
            throw new CommandFailure("bench-failed", "The first checkout led to no page: " + e.getMessage(), e);
        }
    }

    private static SignedForm form(SandboxWorld world) {
        return world.shop().signedForm(world.shop().newOrder(AMOUNT, "CAD", FaultPlan.NONE));
    }

    /** The floors: the same bytes, and pages of one word for the browser, from a server of the same make. */
    private static void serve(LoopbackServer.Routes routes, Seen sample) {
        routes.config().get("/page", context -> context.html(sample.page()));
        routes.config().get(SHOP, context -> context.html("<!doctype html><title>shop</title><p>shop"));
        routes.config().get(WORD, context -> context.html("<!doctype html><title>floor</title><p>floor"));
    }

    private void arrive(SandboxWorld world, FirstLook buyers, URI bare, int during) throws InterruptedException {
        OpenLoop arriving = new OpenLoop(rate, rate * during);
        arriving.come(() -> visit(world, buyers, bare));
        long without = arriving.awaitGone(PATIENCE);
        if (without > 0) {
            failures.add(without + " had no answer in time");
        }
    }

    private void visit(SandboxWorld world, FirstLook buyers, URI bare) {
        try {
            Seen page = buyers.checkout(form(world), world.ingress());
            Seen floor = buyers.page(bare, "/page");
            looks.add(new Look(page.firstByte(), page.complete(), floor.complete(), page.bytes()));
        } catch (IOException e) {
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
