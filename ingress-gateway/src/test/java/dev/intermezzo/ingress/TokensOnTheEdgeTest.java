package dev.intermezzo.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intermezzo.ingress.EdgeClient.Browser;
import dev.intermezzo.ingress.tokens.PageTokens;
import dev.intermezzo.ingress.tokens.PayToken;
import dev.intermezzo.ingress.tokens.TokenPurpose;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.TokenSealer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(World.Shared.class)
class TokensOnTheEdgeTest {

    private final World world;
    private final Order order = Order.fresh();

    TokensOnTheEdgeTest(World world) {
        this.world = world;
    }

    private PageTokens tokens(SealingKeys keys) {
        return new PageTokens(new TokenSealer(keys), InstantSource.system());
    }

    private PayToken token(Instant expires) {
        return new PayToken(order.paymentId(), "en", expires);
    }

    @Test
    void a_changed_token_is_not_found() {
        Browser browser = world.http.new Browser();
        String location = EdgeClient.location(browser.checkout(order));
        String page = location.substring(0, location.indexOf('?'));
        char last = page.charAt(page.length() - 5);
        String forged =
                page.substring(0, page.length() - 5) + (last == 'A' ? 'B' : 'A') + page.substring(page.length() - 4);

        HttpResponse<String> answer = browser.get(forged);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("token-invalid").doesNotContain("149.90");
    }

    @Test
    void a_token_of_another_installation_is_not_found() {
        String foreign = tokens(SealingKeys.generate())
                .seal(TokenPurpose.PAY, token(Instant.now().plusSeconds(60)));

        assertThat(world.http.get("/pay/" + foreign, "Accept", "text/html").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_token_of_another_purpose_is_not_found() {
        String returning =
                tokens(world.keys).seal(TokenPurpose.RETURN, token(Instant.now().plusSeconds(60)));

        assertThat(world.http.get("/pay/" + returning, "Accept", "text/html").statusCode())
                .isEqualTo(404);
        assertThat(world.http
                        .get("/pay/" + returning + "/state", "Accept", "application/json")
                        .body())
                .contains("\"code\":\"token-invalid\"");
    }

    @Test
    void an_expired_token_is_gone_and_says_so() {
        String expired =
                tokens(world.keys).seal(TokenPurpose.PAY, token(Instant.now().minusSeconds(60)));

        HttpResponse<String> answer = world.http.get("/pay/" + expired, "Accept", "text/html");

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("token-expired");
    }

    @Test
    void a_token_of_a_payment_whose_shop_is_unknown_is_not_found() {
        String orphan = tokens(world.keys)
                .seal(
                        TokenPurpose.PAY,
                        new PayToken(
                                "no-such-shop~" + Order.uuid(),
                                "en",
                                Instant.now().plusSeconds(60)));

        assertThat(world.http.get("/pay/" + orphan, "Accept", "text/html").statusCode())
                .isEqualTo(404);
    }

    @Test
    void endless_and_strange_tokens_are_not_found() {
        assertThat(world.http.get("/pay/" + "A".repeat(4000)).statusCode()).isEqualTo(404);
        assertThat(world.http.get("/pay/%00").statusCode()).isIn(400, 404);
        assertThat(world.http.get("/pay/..%2f..%2fetc").statusCode()).isIn(400, 404);
    }
}
