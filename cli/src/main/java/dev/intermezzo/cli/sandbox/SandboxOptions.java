package dev.intermezzo.cli.sandbox;

import dev.intermezzo.cli.kafka.KafkaConnection;
import dev.intermezzo.cli.kafka.KafkaOptions;
import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.up.Partners;
import dev.intermezzo.cli.up.PartnersAt;
import dev.intermezzo.runtime.sealing.Keyset;
import dev.intermezzo.runtime.sealing.SealingException;
import dev.intermezzo.runtime.sealing.SealingKeys;
import dev.intermezzo.sandbox.web.Listening;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the partners stand, and which installation they belong to. */
final class SandboxOptions {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--edge",
            paramLabel = "URL",
            defaultValue = "http://edge.localhost:8080",
            description = "The installation's public edge (ingress.public-url). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private URI edge;

    @Option(
            names = "--shop",
            paramLabel = "URL",
            defaultValue = "http://shop.localhost:8091",
            description = "Where the shop is reached; its port is listened on. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private URI shop;

    @Option(
            names = "--cashier",
            paramLabel = "URL",
            defaultValue = "http://cashier.localhost:8092",
            description = "Where the Cashier is reached; its port is listened on. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private URI cashier;

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            defaultValue = "${env:INTERMEZZO_KEYS_DIR:-keys}",
            description = "Folder of the installation's sealing keys. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path keys;

    @Option(
            names = "--secrets",
            paramLabel = "DIR",
            defaultValue = ".intermezzo/sandbox",
            description = "Keeps what the partners share with the installation. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // has a default
    private Path secrets;

    KafkaConnection connect() {
        return kafka.open();
    }

    /**
     * Makes sure, before anything else, that there are no other partners of this name and that theirs can be reached.
     *
     * @param name their merchant's and integration's id
     */
    PartnersFolder hold(String name) {
        requireName("--shop", shop);
        requireName("--cashier", cashier);
        return PartnersFolder.hold(secrets, name);
    }

    /**
     * Starts the partners and makes them known to the installation.
     *
     * @param account their Cashier account's id
     */
    Partners start(String account, PartnersFolder folder, KafkaConnection connection) {
        Partners partners = Partners.start(
                new PartnersAt(
                        account, folder.name(), listening("--shop", shop), listening("--cashier", cashier), edge),
                folder.path(),
                InstantSource.system());
        try {
            partners.apply(connection.settings(), sealing());
            return partners;
        } catch (RuntimeException e) {
            partners.close();
            throw e;
        }
    }

    private SealingKeys sealing() {
        try {
            return SealingKeys.load(keys, EnumSet.of(Keyset.MERCHANT_SECRETS, Keyset.EXECUTOR_PUBLIC));
        } catch (SealingException e) {
            throw new CommandFailure("keys-missing", e.getMessage() + " Name the installation's keys with --keys.", e);
        }
    }

    /** In a container of its own a name is missing when the network does not give it, and only the stages would notice. */
    private static void requireName(String option, URI address) {
        try {
            InetAddress.getByName(address.getHost());
        } catch (UnknownHostException e) {
            throw new CommandFailure(
                    "sandbox-address",
                    "The name of " + option + " " + address
                            + " leads nowhere. In Docker Compose, 'run' gives it with --use-aliases.",
                    e);
        }
    }

    private static Listening listening(String option, URI address) {
        try {
            return Listening.inContainer(address);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "sandbox-address", option + " is an address with host and port and without a path.", e);
        }
    }
}
