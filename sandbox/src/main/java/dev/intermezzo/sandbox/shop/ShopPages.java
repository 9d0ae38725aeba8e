package dev.intermezzo.sandbox.shop;

import dev.intermezzo.sandbox.web.Page;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The simulated shop's pages. */
final class ShopPages {

    private static final String BRAND = "Andante — things for musicians";

    private static final String LOOK = """
            :root{color-scheme:light;--ink:#22201d;--soft:#6b645b;--paper:#faf7f2;--line:#e4ddd2;--go:#1f6f54}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 Georgia,'Times New Roman',serif}
            header,main,footer{max-width:60rem;margin:0 auto;padding:1rem 1.25rem}
            header{display:flex;gap:.75rem;align-items:center;border-bottom:1px solid var(--line)}
            .test{font:700 .75rem/1 system-ui,sans-serif;letter-spacing:.08em;background:#fde68a;color:#713f12;
              padding:.3rem .5rem;border-radius:.25rem}
            h1{font-weight:400;font-size:1.9rem;margin:1rem 0 .5rem}
            .goods{display:grid;gap:1.25rem;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));padding:0;
              list-style:none}
            .goods li{display:flex;flex-direction:column;background:#fff;border:1px solid var(--line);
              border-radius:.6rem;overflow:hidden}
            .goods form{flex:1;display:flex;flex-direction:column}
            .goods h2+p{flex:1}
            .goods button{align-self:flex-start}
            .goods h2{font-size:1.15rem;margin:0}
            .goods form,.card{padding:1rem}
            .swatch{display:block;width:100%;height:8rem}
            .card{background:#fff;border:1px solid var(--line);border-radius:.6rem}
            .card>:first-child{margin-top:0} .card>:last-child{margin-bottom:0}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1rem}
            dt{color:var(--soft)} dd{margin:0}
            label{display:block;font:.85rem system-ui,sans-serif;color:var(--soft);margin:.5rem 0 .15rem}
            input{width:100%;font:inherit;padding:.45rem .6rem;border:1px solid #b9b0a3;border-radius:.35rem}
            button,.button{display:inline-block;margin-top:.9rem;font:600 1rem system-ui,sans-serif;color:#fff;
              background:var(--go);border:0;border-radius:.4rem;padding:.65rem 1.1rem;cursor:pointer;
              text-decoration:none}
            button:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid #0b5fff;outline-offset:2px}
            details{margin-top:.5rem} summary{cursor:pointer;color:var(--soft)}
            .status{font:700 1.2rem system-ui,sans-serif}
            .paid{color:#166534}.failed{color:#991b1b}.pending{color:#854d0e}
            footer{color:var(--soft);font-size:.9rem}
            """;

    private ShopPages() {}

    static Page products() {
        String goods = Catalogue.products().stream().map(ShopPages::product).collect(Collectors.joining());
        return page("Andante", "<h1>In the window today</h1><ul class=\"goods\">" + goods + "</ul>", null, null);
    }

    private static String product(Catalogue.Product product) {
        String id = product.id();
        return """
                <li>
                <svg class="swatch" viewBox="0 0 100 50" preserveAspectRatio="none" aria-hidden="true">
                <rect width="100" height="50" fill="%1$s"/>
                <path d="M0 38 Q25 22 50 34 T100 26 V50 H0Z" fill="#fff" fill-opacity=".25"/></svg>
                <form method="post" action="/checkout">
                <h2>%2$s</h2><p>%3$s</p><p><strong>%7$s %4$s</strong></p>
                <input type="hidden" name="product" value="%5$s">
                <details><summary>Billing details</summary>
                %6$s
                </details>
                <button>Checkout</button>
                </form></li>
                """.formatted(
                        product.colour(),
                        Page.text(product.name()),
                        Page.text(product.sentence()),
                        product.price().toPlainString(),
                        id,
                        field(id, "first_name", "First name", "Avery")
                                + field(id, "last_name", "Last name", "Example")
                                + field(id, "email", "E-mail", "avery@example.com")
                                + field(id, "language", "Language of the shop, two letters", "en"),
                        product.currency());
    }

    private static String field(String product, String name, String label, String value) {
        String id = product + "-" + name;
        return "<label for=\"%1$s\">%2$s</label><input id=\"%1$s\" name=\"%3$s\" value=\"%4$s\" required>"
                .formatted(id, label, name, value);
    }

    /** The form that the browser posts to the gateway: by itself with JavaScript, by the button without. */
    static Page leaving(SignedForm form) {
        String inputs = form.fields().stream()
                .map(field -> "<input type=\"hidden\" name=\"" + Page.text(field.name()) + "\" value=\""
                        + Page.text(field.value()) + "\">")
                .collect(Collectors.joining("\n"));
        String body = """
                <h1>To the payment</h1>
                <div class="card"><p>You are being taken to the payment page.</p>
                <form id="checkout" method="post" action="%s">
                %s
                <button>Continue</button>
                </form></div>
                """.formatted(Page.text(form.action().toString()), inputs);
        return page("To the payment", body, null, "document.getElementById('checkout').submit()");
    }

    static Page order(OrderSnapshot order) {
        String body = """
                <h1>Your order</h1>
                <div class="card">
                <dl><dt>Order</dt><dd>%s</dd><dt>Total</dt><dd>%s %s</dd></dl>
                <p role="status" class="status %s" data-status="%s">%s</p>
                <p><a class="button" href="/">Back to the shop</a></p>
                </div>
                """.formatted(
                        Page.text(order.invoice()),
                        Page.text(order.currency()),
                        order.amount().toPlainString(),
                        order.status().word(),
                        order.status().word(),
                        sentence(order.status()));
        Integer refresh = order.status() == PaymentStatus.PENDING ? 2 : null;
        return page("Order " + order.invoice(), body, refresh, null);
    }

    private static String sentence(PaymentStatus status) {
        return switch (status) {
            case PENDING -> "Payment pending. This page looks again by itself.";
            case PAID -> "Paid. Thank you!";
            case FAILED -> "Payment failed. Nothing was charged.";
        };
    }

    /** Where the gateway sends the browser in the end: navigation only, the status comes by notification. */
    static Page landing(boolean success, String orderUuid) {
        String title = success ? "Thank you" : "The payment was not completed";
        String body = """
                <h1>%s</h1>
                <div class="card"><p>%s</p>
                <p><a class="button" href="/orders/%s">See the order</a></p></div>
                """.formatted(
                        title,
                        success ? "The payment page sent you back." : "You can try again at any time.",
                        Page.text(orderUuid));
        return page(title, body, null, null);
    }

    static Page notFound() {
        return page("Not found", "<h1>Not found</h1><p><a href=\"/\">Back to the shop</a></p>", null, null);
    }

    private static Page page(String title, String body, @Nullable Integer refreshSeconds, @Nullable String script) {
        return Page.of(title, BRAND, LOOK, body, refreshSeconds, script);
    }
}
