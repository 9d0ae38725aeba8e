package dev.intermezzo.sandbox.cashier;

import dev.intermezzo.sandbox.web.Page;

/**
 * The look of a provider's page. All of it is invented, like the names above the pages.
 *
 * @param brand the invented name above the page
 * @param note a sentence below the sum
 * @param style what differs from the look that all share
 */
record Front(String brand, String note, String style) {

    private static final String SHARED = """
            :root{color-scheme:light;--ink:#0f1f33;--soft:#52637a;--line:#d5dde8;--go:#12508f;--back:#eef2f7;
              --bar:#0f1f33;--onbar:#fff;--round:.6rem}
            *{box-sizing:border-box}
            body{margin:0;background:var(--back);color:var(--ink);font:16px/1.5 system-ui,'Segoe UI',sans-serif}
            header{background:var(--bar);color:var(--onbar);padding:1rem 1.25rem;display:flex;gap:.75rem;
              align-items:center}
            .test{font-weight:700;font-size:.75rem;letter-spacing:.08em;background:#fde68a;color:#713f12;
              padding:.25rem .5rem;border-radius:.25rem}
            main{max-width:28rem;margin:1.5rem auto;padding:0 1rem}
            .card{background:#fff;border:1px solid var(--line);border-radius:var(--round);padding:1.25rem}
            h1{font-size:1.25rem;margin:0 0 .75rem}
            .sum{font-size:2rem;font-weight:700;margin:.25rem 0 .5rem}
            .note{color:var(--soft);margin:0 0 1rem}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1rem}
            dt{color:var(--soft)} dd{margin:0;overflow-wrap:anywhere}
            form{margin:.5rem 0 0}
            button,.button{display:block;width:100%;text-align:center;font:600 1rem system-ui,sans-serif;
              padding:.75rem;border-radius:.45rem;border:1px solid var(--go);background:#fff;color:var(--go);
              cursor:pointer;text-decoration:none}
            button.go,.button{background:var(--go);color:#fff}
            button:focus-visible,a:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
            footer{text-align:center;color:var(--soft);font-size:.85rem;padding:1rem}
            """;

    Page page(String title, String body) {
        return Page.of(title, brand, SHARED + style, body, null, null);
    }
}
