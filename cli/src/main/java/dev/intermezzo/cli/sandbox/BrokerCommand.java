package dev.intermezzo.cli.sandbox;

import dev.intermezzo.cli.output.CommandFailure;
import dev.intermezzo.cli.output.ExitCodes;
import dev.intermezzo.cli.output.Output;
import dev.intermezzo.cli.stage.GracefulStop;
import dev.intermezzo.sandbox.broker.BrokerStartException;
import dev.intermezzo.sandbox.broker.ClusterNode;
import dev.intermezzo.sandbox.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code intermezzo sandbox broker}: one of the processes that {@code chaos} and {@code bench failover} start. */
@Command(
        name = "broker",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = {
            "Run one node of a Kafka cluster on this machine until it is stopped by a signal. It listens on loopback and",
            "asks for no credentials."
        })
final class BrokerCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "This node's folder; made when missing.")
    @SuppressWarnings("NullAway.Init") // required
    private Path data;

    @Option(names = "--cluster-id", required = true, description = "The same for every node.")
    @SuppressWarnings("NullAway.Init") // required
    private String clusterId;

    @Option(names = "--node", required = true, paramLabel = "ID", description = "From 1, different for each node.")
    private int id;

    @Option(names = "--port", required = true, description = "Where clients connect.")
    private int port;

    @Option(
            names = "--controller",
            required = true,
            paramLabel = "ID=PORT",
            description = "Where each node's controller listens; once for each node, the same for all.")
    @SuppressWarnings("NullAway.Init") // required
    private Map<Integer, Integer> controllers;

    @Override
    public Integer call() throws InterruptedException {
        try (GracefulStop stop = GracefulStop.onSignal();
                EmbeddedBroker broker =
                        EmbeddedBroker.inCluster(data, new ClusterNode(clusterId, id, port, controllers))) {
            output.line("Broker " + id + " is ready at " + broker.bootstrapServers() + ".");
            output.result(Map.of("ready", true, "node", id, "bootstrap_servers", broker.bootstrapServers()));
            stop.await();
        } catch (BrokerStartException e) {
            throw new CommandFailure("broker-not-started", String.valueOf(e.getMessage()), e);
        }
        return ExitCodes.HOLDS;
    }
}
