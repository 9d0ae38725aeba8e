package dev.intermezzo.runtime.sealing;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import com.google.crypto.tink.prf.PrfConfig2026;
import java.util.Set;

/** The keysets of an installation, each a file of its own, so that a stage holds only what it needs. */
public enum Keyset {
    /** Seals merchants' and accounts' secrets; every stage that acts for a merchant opens them. */
    MERCHANT_SECRETS("merchant-secrets", false),
    /** Seals provider addresses; the cashier executor seals, the ingress opens. */
    REDIRECTS("redirects", false),
    /** Seals the tokens in buyers' addresses and what the ingress spools on its disk; ingress only. */
    TOKENS("tokens", false),
    /** Signs merchant references, which the cashier executor writes and the ingress recognises; names addresses, ingress only. */
    REFERENCES("references", false),
    /** Turns buyers into user ids; the cashier executor only. A new key makes every buyer a new one. */
    USER_IDS("user-ids", false),
    /** Seals the session tokens that Mozarto hands back; the cashier executor seals, the ingress opens. */
    SESSIONS("sessions", false),
    /** Opens buyers' data keys; the cashier executor only. */
    EXECUTOR_PRIVATE("executor-private", false),
    /** Seals buyers' data keys to the cashier executor. */
    EXECUTOR_PUBLIC("executor-public", true),
    /** Opens dead letters and unreadable webhook bodies; kept away from the stages. */
    VAULT_PRIVATE("vault-private", false),
    /** Seals dead letters and unreadable webhook bodies; every stage. */
    VAULT_PUBLIC("vault-public", true);

    /**
     * Those that an installation of an earlier release lacks. What they seal lives for minutes, so drawing one where it is
     * missing loses nothing.
     */
    static final Set<Keyset> LATER = Set.of(SESSIONS);

    private final String id;
    private final boolean isPublic;

    Keyset(String id, boolean isPublic) {
        this.id = id;
        this.isPublic = isPublic;
    }

    /** Name of its file in the keys folder. */
    public String fileName() {
        return id + ".json";
    }

    /** The key types it may hold; given to each call, because Tink's registry would be global state. */
    Configuration configuration() {
        return switch (this) {
            case MERCHANT_SECRETS, REDIRECTS, TOKENS, SESSIONS -> AeadConfig2026.get();
            case REFERENCES, USER_IDS -> PrfConfig2026.get();
            case EXECUTOR_PRIVATE, EXECUTOR_PUBLIC, VAULT_PRIVATE, VAULT_PUBLIC -> HybridConfig2026.get();
        };
    }

    boolean isPublic() {
        return isPublic;
    }
}
