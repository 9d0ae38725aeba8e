package dev.intermezzo.cli.check;

import dev.intermezzo.cli.merchants.Declared;
import dev.intermezzo.cli.merchants.MerchantsFile;
import dev.intermezzo.cli.merchants.StoredRecords;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.runtime.merchants.IntegrationKind;
import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.settings.Secret;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Integration;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.MerchantRecord;
import dev.intermezzo.schemas.avro.SealedSecret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A merchant with its account and its shops, as stored or as a file declares them.
 *
 * @param integrations by id; only one when the command named it
 * @param secrets of account and integrations, and of the public listings when an integration is a connection to one
 * @param connected the connections that take payments; of a file, all
 */
record Subject(
        String merchantId,
        Environment environment,
        Merchant merchant,
        String accountId,
        CashierAccount account,
        SortedMap<String, Integration> integrations,
        List<OpenedSecret> secrets,
        Set<String> connected) {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    Subject {
        integrations = new TreeMap<>(integrations);
        secrets = List.copyOf(secrets);
        connected = Set.copyOf(connected);
    }

    /** Whether the account is one of the simulated Cashier on this machine. */
    boolean isOnThisMachine() {
        @Nullable String host = URI.create(account.getBaseUrl()).getHost();
        return environment == Environment.SANDBOX && host != null && LOOPBACK.contains(host);
    }

    /** What the keys that sign an integration's forms are, those that could be opened; of a connection, the listings'. */
    List<OpenedSecret> keysOf(String integrationId) {
        Integration integration = integrations.get(integrationId);
        boolean listed = integration != null && IntegrationKind.CONNECTION.of(integration);
        return secrets.stream()
                .filter(secret ->
                        secret.purpose().equals("mozello-key") && secret.value().isPresent())
                .filter(secret -> listed
                        ? integrations.keySet().stream()
                                .noneMatch(id -> secret.owner().equals(MerchantKeys.integration(id)))
                        : secret.owner().equals(MerchantKeys.integration(integrationId)))
                .toList();
    }

    /**
     * From the {@code merchants} topic.
     *
     * @param id a merchant's, or one of its integrations'
     */
    static Subject stored(String id, StoredRecords stored, SecretSealer sealer) {
        Map<String, MerchantRecord> records = stored.records();
        Optional<Integration> named = body(records.get(MerchantKeys.integration(id)), Integration.class);
        Optional<Merchant> direct = body(records.get(MerchantKeys.merchant(id)), Merchant.class);
        String merchantId =
                direct.isPresent() ? id : named.map(Integration::getMerchant).orElse("");
        Merchant merchant = body(records.get(MerchantKeys.merchant(merchantId)), Merchant.class)
                .orElseThrow(() -> unknown(id, "stored; 'merchants apply' stores one, or give --file"));
        MerchantRecord account = stored.account(merchant.getAccount());
        SortedMap<String, Integration> integrations = new TreeMap<>();
        List<OpenedSecret> secrets = new ArrayList<>(opened(account, sealer));
        records.values()
                .forEach(record -> body(record, Integration.class)
                        .filter(body -> direct.isPresent()
                                ? body.getMerchant().equals(id)
                                : record.getId().equals(id))
                        .ifPresent(body -> {
                            integrations.put(record.getId(), body);
                            secrets.addAll(opened(record, sealer));
                        }));
        if (integrations.values().stream().anyMatch(IntegrationKind.CONNECTION::of)) {
            records.values()
                    .forEach(record -> body(record, Integration.class)
                            .filter(IntegrationKind.PUBLIC::of)
                            .ifPresent(listing -> secrets.addAll(opened(record, sealer))));
        }
        return new Subject(
                merchantId,
                account.getEnvironment(),
                merchant,
                merchant.getAccount(),
                (CashierAccount) account.getBody(),
                integrations,
                secrets,
                integrations.keySet().stream().filter(stored::connected).collect(Collectors.toSet()));
    }

    /** From a file, which may differ from what is stored. */
    static Subject declared(String id, MerchantsFile file) {
        Map<String, Declared> records = new TreeMap<>();
        file.records().forEach(record -> records.put(record.key(), record));
        Declared named = records.get(MerchantKeys.integration(id));
        boolean direct = records.containsKey(MerchantKeys.merchant(id));
        String merchantId =
                direct ? id : integration(named).map(Integration::getMerchant).orElse("");
        Declared owner = records.get(MerchantKeys.merchant(merchantId));
        if (owner == null || !(owner.body() instanceof Declared.Body.OfMerchant merchant)) {
            throw unknown(id, "in the file");
        }
        String accountId = merchant.merchant().getAccount();
        Declared account = records.get(MerchantKeys.account(accountId));
        if (account == null || !(account.body() instanceof Declared.Body.OfAccount of)) {
            throw unknown(accountId, "in the file");
        }
        SortedMap<String, Integration> integrations = new TreeMap<>();
        List<OpenedSecret> secrets = new ArrayList<>(opened(account));
        records.values()
                .forEach(record -> integration(record)
                        .filter(body -> direct
                                ? body.getMerchant().equals(id)
                                : record.id().equals(id))
                        .ifPresent(body -> {
                            integrations.put(record.id(), body);
                            secrets.addAll(opened(record));
                        }));
        if (integrations.values().stream().anyMatch(IntegrationKind.CONNECTION::of)) {
            records.values()
                    .forEach(record -> integration(record)
                            .filter(IntegrationKind.PUBLIC::of)
                            .ifPresent(listing -> secrets.addAll(opened(record))));
        }
        return new Subject(
                merchantId,
                account.environment(),
                merchant.merchant(),
                accountId,
                of.account(),
                integrations,
                secrets,
                integrations.keySet());
    }

    /** The secrets of a stored record. */
    static List<OpenedSecret> opened(MerchantRecord record, SecretSealer sealer) {
        String owner = MerchantKeys.key(record);
        return StoredRecords.secrets(record).stream()
                .map(secret -> new OpenedSecret(
                        owner,
                        secret.getPurpose(),
                        secret.getId(),
                        Optional.ofNullable(secret.getNotAfter()),
                        open(owner, secret, sealer)))
                .toList();
    }

    private static List<OpenedSecret> opened(Declared declared) {
        return declared.secrets().stream()
                .map(secret -> new OpenedSecret(
                        declared.key(),
                        secret.purpose(),
                        secret.id(),
                        Optional.ofNullable(secret.notAfter()),
                        Optional.of(secret.value())))
                .toList();
    }

    private static Optional<Secret> open(String owner, SealedSecret sealed, SecretSealer sealer) {
        try {
            return Optional.of(Secret.of(new String(sealer.open(owner, sealed), StandardCharsets.UTF_8)));
        } catch (SealingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integration> integration(@Nullable Declared declared) {
        return declared != null && declared.body() instanceof Declared.Body.OfIntegration of
                ? Optional.of(of.integration())
                : Optional.empty();
    }

    private static <T> Optional<T> body(@Nullable MerchantRecord record, Class<T> type) {
        return record == null
                ? Optional.empty()
                : Optional.of(record.getBody()).filter(type::isInstance).map(type::cast);
    }

    private static CommandFailure unknown(String id, String where) {
        return new CommandFailure("merchant-unknown", "There is no merchant or integration " + id + " " + where + ".");
    }
}
