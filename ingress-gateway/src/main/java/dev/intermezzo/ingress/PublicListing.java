package dev.intermezzo.ingress;

import dev.intermezzo.ingress.checkout.CheckoutAcceptance;
import dev.intermezzo.ingress.checkout.FormRules;
import dev.intermezzo.ingress.checkout.PublicCheckoutHandler;
import dev.intermezzo.ingress.listing.Connections;
import dev.intermezzo.ingress.listing.InstallHandler;
import dev.intermezzo.ingress.listing.InstallRecords;
import dev.intermezzo.ingress.listing.ListingKeys;
import dev.intermezzo.ingress.listing.MozelloApi;
import dev.intermezzo.runtime.deadletters.DeadLetters;
import dev.intermezzo.runtime.http.AddressPolicy;
import dev.intermezzo.runtime.http.OutboundHttp;
import dev.intermezzo.runtime.kafka.KafkaSettings;
import dev.intermezzo.runtime.kafka.RecordSender;
import dev.intermezzo.runtime.kafka.TypedProducer;
import dev.intermezzo.runtime.merchants.MerchantDirectory;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.runtime.sealing.SecretSealer;
import dev.intermezzo.runtime.sealing.Vault;
import dev.intermezzo.schemas.Topics;
import dev.intermezzo.schemas.avro.DeadLetter;
import dev.intermezzo.schemas.avro.MerchantRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** The edge's part that serves shops behind the public listing, put together in one place. */
final class PublicListing implements AutoCloseable {

    private final EdgeSettings settings;
    private final InstantSource clock;
    private final TypedProducer<MerchantRecord> merchants;
    private final TypedProducer<DeadLetter> letters;
    private final DeadLetters deadLetters;
    private final MozelloApi api;
    private final ListingKeys keys;
    private final Connections connections;

    /** @param producer stays the caller's to close */
    PublicListing(
            EdgeSettings settings,
            KafkaSettings kafka,
            RecordSender producer,
            MerchantDirectory directory,
            SealingKeys sealing,
            InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.merchants = new TypedProducer<>(producer, kafka);
        this.letters = new TypedProducer<>(producer, kafka);
        this.deadLetters = new DeadLetters(new Vault(sealing), clock);
        this.api = new MozelloApi(
                settings.listing(),
                new OutboundHttp(
                        settings.sandboxAddresses() ? AddressPolicy.allowingLoopback() : AddressPolicy.publicOnly()));
        SecretSealer secrets = new SecretSealer(sealing);
        this.keys = new ListingKeys(directory, secrets, clock);
        this.connections = new Connections(directory, secrets, clock);
    }

    PublicCheckoutHandler checkout(FormRules rules, CheckoutAcceptance acceptance) {
        return new PublicCheckoutHandler(keys, api, connections, rules, acceptance, settings.checkoutDeadline());
    }

    InstallHandler installs() {
        return new InstallHandler(
                keys,
                connections,
                new InstallRecords(merchants, letters, deadLetters, clock),
                api,
                settings.webhookDeadline());
    }

    void measure(MeterRegistry meters) {
        deadLetters.measure(meters, "ingress");
    }

    void warmUp() {
        merchants.warmUp(Topics.MERCHANTS);
        letters.warmUp(Topics.DEAD_LETTERS);
    }

    @Override
    public void close() {
        api.close();
    }
}
