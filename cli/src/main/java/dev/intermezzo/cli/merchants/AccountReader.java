package dev.intermezzo.cli.merchants;

import dev.intermezzo.partners.hosts.SandboxHost;
import dev.intermezzo.partners.mozarto.Provider;
import dev.intermezzo.partners.mozarto.RedirectPolicy;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.runtime.settings.Secret;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads one Cashier account: the company at Mozarto whose credentials pay for the merchants. */
final class AccountReader {
    /** Mozarto Cashier API, environments: the address follows from the environment only. */
    private static final Map<Environment, String> ADDRESS = Map.of(
            Environment.SANDBOX, "https://backend.stg-app.mozarto.io",
            Environment.PRODUCTION, "https://backend.app.mozarto.io");

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{16,128}");
    /** 256 bits in base64url. */
    private static final int PRODUCTION_TOKEN = 43;

    private final ProviderRules providers;
    private final SecretReader secrets;
    private final Problems problems;

    AccountReader(ProviderRules providers, SecretReader secrets, Problems problems) {
        this.providers = providers;
        this.secrets = secrets;
        this.problems = problems;
    }

    Declared read(String id, Section section) {
        section.required("environment");
        Environment environment = section.choice(
                "environment",
                Map.of("sandbox", Environment.SANDBOX, "production", Environment.PRODUCTION),
                Environment.SANDBOX);
        UserContextMode userContext = section.choice(
                "user-context",
                Map.of("token", UserContextMode.TOKEN, "session", UserContextMode.SESSION),
                UserContextMode.TOKEN);
        List<DeclaredSecret> found = new ArrayList<>();
        found.addAll(secrets.read(section, "company-token", "company-token", true));
        found.addAll(
                secrets.read(section, "user-token-secret", "user-token-secret", userContext == UserContextMode.TOKEN));
        found.addAll(secrets.read(section, "webhook-authorization", "webhook-authorization", false));
        CashierAccount account = new CashierAccount(
                address(section, environment),
                List.of(),
                tokens(section, environment),
                providers(section),
                userContext.name());
        section.end();
        return new Declared(id, environment, new Declared.Body.OfAccount(account), found);
    }

    private String address(Section section, Environment environment) {
        String usual = ADDRESS.getOrDefault(environment, "");
        Optional<String> given = section.text("base-url").map(text -> text.replaceFirst("/+$", ""));
        if (given.isPresent() && !given.get().equals(usual)) {
            if (environment == Environment.PRODUCTION) {
                section.problem("base-url", "base-url-fixed", "follows from the environment and is " + usual);
            } else if (!isSandbox(given.get())) {
                section.problem(
                        "base-url",
                        "base-url-fixed",
                        "of a sandbox account is " + usual + ", or a simulated Cashier on this machine, such as "
                                + "http://127.0.0.1:8082");
            }
        }
        return given.orElse(usual);
    }

    static boolean isSandbox(String address) {
        try {
            URI uri = new URI(address);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && SandboxHost.matches(uri.getHost())
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawPath().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** The address's token alone admits a webhook, so a guessable one would let anybody say "approved". */
    private List<ByteBuffer> tokens(Section section, Environment environment) {
        List<Secret> tokens = secrets.texts(section, "webhook-tokens");
        for (Secret token : tokens) {
            boolean tooShort =
                    environment == Environment.PRODUCTION && token.reveal().length() < PRODUCTION_TOKEN;
            if (!TOKEN.matcher(token.reveal()).matches() || tooShort) {
                section.problem(
                        "webhook-tokens",
                        "weak-token",
                        "a token is part of an address and the only key to it: at least " + PRODUCTION_TOKEN
                                + " (sandbox: 16) and at most 128 random letters, digits, dashes and underscores");
            }
        }
        return tokens.stream().map(token -> digest(token.reveal())).toList();
    }

    /** As the webhook's address is compared: the SHA-256 of the token. */
    static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private List<AccountProvider> providers(Section section) {
        Map<String, Section> named = section.named("providers");
        section.requireSome("providers");
        List<AccountProvider> read = new ArrayList<>();
        named.forEach((code, each) -> read.add(provider(section.at("providers") + "." + code, code, each)));
        return read;
    }

    private AccountProvider provider(String where, String code, Section section) {
        Optional<Provider> known = providers.provider(problems, where, code);
        List<String> hosts = section.texts("redirect-hosts");
        hosts.stream()
                .filter(host -> !RedirectPolicy.isHostRule(host))
                .forEach(host -> section.problem(
                        "redirect-hosts",
                        "malformed-host",
                        "\"" + host + "\" is not a host or *.host in small letters, such as pay.example.com"));
        List<String> confirmed = section.texts("confirmed");
        known.map(ProviderRules::assumptions)
                .ifPresent(assumptions -> confirmed.stream()
                        .filter(name -> !assumptions.contains(name))
                        .forEach(name -> section.problem(
                                "confirmed",
                                "unknown-assumption",
                                "\"" + name + "\" is not an assumption about " + code
                                        + (assumptions.isEmpty()
                                                ? "; there is none"
                                                : "; there is " + String.join(", ", assumptions)))));
        ProviderRules.twice(section, "confirmed", confirmed);
        AccountProvider provider =
                new AccountProvider(code, hosts, confirmed, ProviderRules.settings(section, "settings", known));
        section.end();
        return provider;
    }
}
