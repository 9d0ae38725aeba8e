package dev.intermezzo.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.intermezzo.sandbox.shop.SignedForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without JavaScript whose owner reads the pages and chooses a provider. */
final class EuroBuyer {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern LEADS_ON = Pattern.compile("content=\"0;url=([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Duration patience;

    EuroBuyer(Duration patience) {
        this.patience = patience;
    }

    /** Brings the shop's form; the address of the payment's page. */
    String checkout(SignedForm form) {
        HttpResponse<String> answer = post(form.action().toString(), form.encoded());
        assertThat(answer.statusCode()).isEqualTo(303);
        URI page = form.action().resolve(location(answer));
        assertThat(page.getPath()).startsWith("/pay/");
        return page.resolve(page.getPath()).toString();
    }

    /** Brings the shop's form; what the edge answers. */
    int statusOf(SignedForm form) {
        return post(form.action().toString(), form.encoded()).statusCode();
    }

    /** Chooses a provider and is led to its page. */
    URI choose(String page, String provider) {
        wish(page, provider);
        return ledOn(page);
    }

    void wish(String page, String provider) {
        await().atMost(patience).until(() -> page(page).contains("Choose how to pay"));
        assertThat(post(page + "/details", "provider=" + provider).statusCode()).isEqualTo(303);
    }

    /** Confirms that nothing was paid and is led to another attempt's page. */
    URI again(String page, String provider) {
        assertThat(post(page + "/again", "confirm=yes&provider=" + provider).statusCode())
                .isEqualTo(303);
        return ledOn(page);
    }

    private URI ledOn(String page) {
        return await().atMost(patience)
                .until(() -> provider(page(page + "?continue=1")), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<URI> provider(String html) {
        Matcher leads = LEADS_ON.matcher(html);
        return leads.find() && leads.group(1).contains("/provider/")
                ? Optional.of(URI.create(leads.group(1)))
                : Optional.empty();
    }

    void open(URI provider) {
        assertThat(get(provider.toString()).statusCode()).isEqualTo(200);
    }

    /** Presses a button of the provider's page; where the provider sends the browser. */
    URI press(URI provider, String button) {
        HttpResponse<String> answer = post(provider + "/" + button, "");
        assertThat(answer.statusCode()).isEqualTo(303);
        return URI.create(location(answer));
    }

    int statusOf(String provider) {
        return post(provider, "").statusCode();
    }

    /** Follows a return address to the page it leads to. */
    String land(URI address) {
        HttpResponse<String> answer = get(address.toString());
        return answer.statusCode() == 303
                ? get(address.resolve(location(answer)).toString()).body()
                : answer.body();
    }

    String page(String address) {
        return get(address).body();
    }

    void awaitState(String page, String state) {
        await().atMost(patience).until(() -> page(page + "/state?after=-1").contains("\"state\":\"" + state + "\""));
    }

    private HttpResponse<String> get(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    private HttpResponse<String> post(String address, String body) {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.header("Accept", "text/html").timeout(patience).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
