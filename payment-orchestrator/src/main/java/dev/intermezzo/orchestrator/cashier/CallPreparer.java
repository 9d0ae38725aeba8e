package dev.intermezzo.orchestrator.cashier;

import dev.intermezzo.orchestrator.cashier.Preparation.Impossible;
import dev.intermezzo.orchestrator.cashier.Preparation.Ready;
import dev.intermezzo.partners.mozarto.AccountSettings;
import dev.intermezzo.partners.mozarto.BuyerDetails;
import dev.intermezzo.partners.mozarto.BuyerField;
import dev.intermezzo.partners.mozarto.CashierAnswer;
import dev.intermezzo.partners.mozarto.CashierRequest;
import dev.intermezzo.partners.mozarto.MerchantReference;
import dev.intermezzo.partners.mozarto.Operation;
import dev.intermezzo.partners.mozarto.PayIn;
import dev.intermezzo.partners.mozarto.Payee;
import dev.intermezzo.partners.mozarto.PaymentAttempt;
import dev.intermezzo.partners.mozarto.ProviderCatalogue;
import dev.intermezzo.partners.mozarto.ProviderOperation;
import dev.intermezzo.partners.mozarto.PspType;
import dev.intermezzo.partners.mozarto.SessionTokens;
import dev.intermezzo.partners.mozarto.UserContextMode;
import dev.intermezzo.partners.mozarto.UserId;
import dev.intermezzo.runtime.http.HttpCall;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.merchants.Versioned;
import dev.intermezzo.runtime.sealing.BuyerOpener;
import dev.intermezzo.runtime.sealing.IdentityKeys;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.sealing.SessionKeys;
import dev.intermezzo.schemas.WireMoney;
import dev.intermezzo.schemas.avro.AccountProvider;
import dev.intermezzo.schemas.avro.CashierAccount;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.Environment;
import dev.intermezzo.schemas.avro.Merchant;
import dev.intermezzo.schemas.avro.OpenPage;
import dev.intermezzo.schemas.avro.PayOut;
import dev.intermezzo.schemas.avro.PayOutLimits;
import dev.intermezzo.schemas.avro.Setting;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the call that a command asks for. Secrets, kill-switches and confirmed assumptions are those of this moment; the
 * plan's settings are those that the command carries.
 */
final class CallPreparer {
    private final MerchantDirectory directory;
    private final ProviderCatalogue catalogue;
    private final AccountCredentials credentials;
    private final UserHeaders users;
    private final CounterpartyOpener counterparties;
    private final MerchantReference references;
    private final byte[] userIdKey;
    private final CashierSettings settings;
    private final InstantSource clock;

    static CallPreparer of(
            MerchantDirectory directory,
            SealingKeys keys,
            BuyerOpener buyers,
            CashierSettings settings,
            InstantSource clock) {
        AccountCredentials credentials = new AccountCredentials(new SecretSealer(keys));
        return new CallPreparer(
                directory,
                ProviderCatalogue.bundled(),
                credentials,
                new UserHeaders(credentials, new SessionTokens(SessionKeys.of(keys)), settings),
                new CounterpartyOpener(buyers),
                new MerchantReference(IdentityKeys.references(keys)),
                IdentityKeys.userIds(keys),
                settings,
                clock);
    }

    private CallPreparer(
            MerchantDirectory directory,
            ProviderCatalogue catalogue,
            AccountCredentials credentials,
            UserHeaders users,
            CounterpartyOpener counterparties,
            MerchantReference references,
            byte[] userIdKey,
            CashierSettings settings,
            InstantSource clock) {
        this.directory = directory;
        this.catalogue = catalogue;
        this.credentials = credentials;
        this.users = users;
        this.counterparties = counterparties;
        this.references = references;
        this.userIdKey = userIdKey.clone();
        this.settings = settings;
        this.clock = clock;
    }

    Preparation prepare(CashierCommand command) {
        Instant now = clock.instant();
        if (now.isAfter(command.getNotAfter())) {
            return new Impossible("command-expired");
        }
        Optional<Versioned<Merchant>> merchant = directory.merchant(command.getMerchantId());
        if (merchant.isEmpty() || !merchant.get().body().getEnabled()) {
            return new Impossible("merchant-disabled");
        }
        Optional<String> obstacle = payOutObstacle(command, merchant.get().body())
                .or(() -> CounterpartyOpener.obstacle(command, merchant.get().body(), now));
        if (obstacle.isPresent()) {
            return new Impossible(obstacle.get());
        }
        Optional<Versioned<CashierAccount>> account = directory.account(command.getAccount());
        if (account.isEmpty()) {
            return new Impossible("account-unknown");
        }
        if (account.get().environment() != command.getEnvironment()) {
            return new Impossible("environment-differs");
        }
        Optional<ProviderOperation> operation = operation(command);
        if (operation.isEmpty()) {
            return new Impossible(givesBack(command) ? "refund-not-available" : "provider-unknown");
        }
        if (command.getBody() instanceof OpenPage
                && provider(command, account.get().body()).isEmpty()) {
            // Nothing new begins at a provider that was taken away; what was opened there before is not our matter.
            return new Impossible("provider-removed");
        }
        try {
            return call(command, merchant.get(), account.get(), operation.get(), now);
        } catch (SealingException unopened) {
            return new Impossible("details-not-openable");
        }
    }

    /** The merchant's own switch and limit, as they are now and not as they were when two persons decided. */
    private static Optional<String> payOutObstacle(CashierCommand command, Merchant merchant) {
        if (!(command.getBody() instanceof PayOut)) {
            return Optional.empty();
        }
        PayOutLimits limits = merchant.getPayOuts();
        if (limits == null || limits.getEnabledBy().stream().distinct().count() < 2) {
            return Optional.of("pay-outs-disabled");
        }
        boolean within = limits.getCurrency().equals(command.getAmount().getCurrency())
                && command.getAmount().getAmount().compareTo(limits.getPerPayOut()) <= 0;
        return within ? Optional.empty() : Optional.of("pay-out-above-limit");
    }

    private static @Nullable PayOutLimits limits(CashierCommand command, Merchant merchant) {
        return command.getBody() instanceof PayOut ? merchant.getPayOuts() : null;
    }

    private Optional<ProviderOperation> operation(CashierCommand command) {
        PspType provider = new PspType(command.getProvider());
        Operation direction = command.getBody() instanceof PayOut ? Operation.PAYOUT : Operation.PAYIN;
        return givesBack(command) ? catalogue.refund(provider) : catalogue.operation(provider, direction);
    }

    /** Money goes back to the payment's own buyer: no destination is named. */
    private static boolean givesBack(CashierCommand command) {
        return command.getBody() instanceof PayOut payOut && payOut.getDestination() == null;
    }

    private Preparation call(
            CashierCommand command,
            Versioned<Merchant> merchant,
            Versioned<CashierAccount> account,
            ProviderOperation operation,
            Instant now) {
        AccountSettings shaping = shaping(command, account.body());
        Payee counterparty = counterparties.open(command, merchant.body());
        BuyerDetails buyer = counterparty.details();
        PaymentAttempt attempt = PaymentAttempt.of(command.getPaymentId(), command.getAttempt());
        boolean perAttempt = command.getUserIdPerAttempt() || operation.operation() == Operation.PAYOUT;
        String userId = perAttempt
                ? UserId.perAttempt(attempt)
                : UserId.perBuyer(
                        userIdKey,
                        command.getMerchantId(),
                        buyer.value(BuyerField.EMAIL).orElse(""));
        PayIn asked = new PayIn(
                WireMoney.read(command.getAmount()),
                buyer,
                counterparty.instrument(),
                userId,
                references.write(command.getAccount(), attempt),
                shaping,
                command.getBody() instanceof OpenPage page
                        ? page.getBrandId()
                        : merchant.body().getBrandId(),
                command.getEnvironment() == Environment.SANDBOX);
        return switch (request(operation, asked)) {
            case CashierRequest.Result.Incomplete incomplete -> new Impossible("details-missing");
            case CashierRequest.Result.NotEligible obstacle -> new Impossible("not-eligible-" + obstacle.reason());
            case CashierRequest.Result.Ready ready ->
                authorised(
                        ready.request(),
                        operation,
                        shaping,
                        limits(command, merchant.body()),
                        account,
                        userId,
                        buyer,
                        now);
        };
    }

    private static CashierRequest.Result request(ProviderOperation operation, PayIn asked) {
        return switch (operation.operation()) {
            case PAYIN -> CashierRequest.payIn(operation, asked);
            case PAYOUT -> CashierRequest.payOut(operation, asked);
        };
    }

    private Preparation authorised(
            CashierRequest request,
            ProviderOperation operation,
            AccountSettings shaping,
            @Nullable PayOutLimits limits,
            Versioned<CashierAccount> account,
            String userId,
            BuyerDetails buyer,
            Instant now) {
        Optional<byte[]> companyToken = credentials.companyToken(account, now);
        if (companyToken.isEmpty()) {
            return new Impossible("account-credentials-missing");
        }
        return switch (users.make(account, operation, userId, buyer, now)) {
            case UserHeaders.Made.Missing(String code) -> new Impossible(code);
            case UserHeaders.Made.Header(String name, String value) ->
                new Ready(
                        HttpCall.post(address(account.body()), "application/json", request.body())
                                .withHeader("Accept", "application/json")
                                .withHeader(
                                        "Authorization",
                                        "Bearer " + new String(companyToken.get(), StandardCharsets.UTF_8))
                                .withHeader(name, value)
                                .withDeadline(settings.callDeadline())
                                // One byte more than is read, so that "too large" is seen and not guessed.
                                .withMaxAnswerBytes(CashierAnswer.MAX_BODY_BYTES + 1),
                        operation,
                        shaping,
                        limits);
        };
    }

    private static URI address(CashierAccount account) {
        return URI.create(account.getBaseUrl().replaceFirst("/+$", "") + CashierRequest.PATH);
    }

    private static Optional<AccountProvider> provider(CashierCommand command, CashierAccount account) {
        return account.getProviders().stream()
                .filter(candidate -> candidate.getProvider().equals(command.getProvider()))
                .findFirst();
    }

    /**
     * A page's command carries all settings of its plan, the account's among them: what was edited since changes nothing
     * about them. A pay-out was decided without a plan and takes the account's of today.
     */
    private static AccountSettings shaping(CashierCommand command, CashierAccount account) {
        Map<String, String> fixed = new LinkedHashMap<>();
        Optional<AccountProvider> provider = provider(command, account);
        if (command.getBody() instanceof PayOut) {
            provider.ifPresent(known -> put(fixed, known.getSettings()));
        }
        put(fixed, command.getSettings());
        return new AccountSettings(
                provider.map(known -> Set.copyOf(known.getConfirmed())).orElse(Set.of()),
                fixed,
                provider.map(AccountProvider::getRedirectHosts).orElse(List.of()),
                UserContextMode.of(account.getUserContext()));
    }

    private static void put(Map<String, String> fixed, List<Setting> settings) {
        settings.forEach(setting -> fixed.put(setting.getName(), setting.getValue()));
    }
}
