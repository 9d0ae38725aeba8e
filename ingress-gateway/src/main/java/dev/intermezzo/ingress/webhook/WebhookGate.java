package dev.intermezzo.ingress.webhook;

import dev.intermezzo.ingress.payments.NamedSecret;
import dev.intermezzo.ingress.payments.Shops;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Lets in who knows an account's webhook address, and, where the account has such a secret, its {@code Authorization}
 * value too. The address is a capability: of its token only SHA-256 digests are kept. Every digest is compared, in constant
 * time, and an account that does not exist costs the same comparison and gets the same answer.
 */
public final class WebhookGate {

    private static final String AUTHORIZATION = "webhook-authorization";
    private static final String BEARER = "Bearer ";
    private static final List<ByteBuffer> NOBODY = List.of(ByteBuffer.wrap(new byte[32]));

    private final Shops shops;
    private final SecretSealer secrets;
    private final InstantSource clock;

    public WebhookGate(Shops shops, SecretSealer secrets, InstantSource clock) {
        this.shops = shops;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The account whose address was used. */
    record Admitted(String account, Environment environment) {}

    Optional<Admitted> admit(String accountId, String token, Optional<String> authorization) {
        Optional<Versioned<CashierAccount>> account = shops.account(accountId);
        boolean known = matches(token, digests(account));
        return account.filter(each -> known)
                .filter(each -> authorized(each, authorization.orElse("")))
                .map(each -> new Admitted(each.id(), each.environment()));
    }

    /** Whether this is an address of the account, whatever else came along. */
    public boolean knows(String accountId, String token) {
        return matches(token, digests(shops.account(accountId)));
    }

    private static List<ByteBuffer> digests(Optional<Versioned<CashierAccount>> account) {
        return account.map(each -> each.body().getWebhookTokenDigests()).orElse(NOBODY);
    }

    private static boolean matches(String token, List<ByteBuffer> digests) {
        byte[] presented = sha256(token);
        boolean any = false;
        for (ByteBuffer digest : digests) {
            // Not short-circuited: which of several tokens it was must not show in the time it takes.
            any |= MessageDigest.isEqual(bytes(digest), presented);
        }
        return any;
    }

    /**
     * The header's format is not documented: the secret is accepted as it stands and after {@code Bearer}.
     */
    private boolean authorized(Versioned<CashierAccount> account, String header) {
        List<SealedSecret> valid = account.body().getSecrets().stream()
                .filter(secret -> NamedSecret.valid(secret, AUTHORIZATION, clock.instant()))
                .toList();
        if (valid.isEmpty()) {
            return true;
        }
        String bare = header.startsWith(BEARER) ? header.substring(BEARER.length()) : header;
        boolean any = false;
        for (SealedSecret secret : valid) {
            byte[] expected = secrets.open(MerchantKeys.account(account.id()), secret);
            any |= MessageDigest.isEqual(expected, bare.getBytes(StandardCharsets.UTF_8));
            any |= MessageDigest.isEqual(expected, header.getBytes(StandardCharsets.UTF_8));
        }
        return any;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
