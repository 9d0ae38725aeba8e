package dev.intermezzo.cli.containers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.kafka.KafkaContainer;

/** The Docker engine of this machine, which a test may do without unless {@code -Dcontainers.required=true} says otherwise. */
final class ContainerEngine {
    private static final boolean REQUIRED = Boolean.getBoolean("containers.required");
    private static final Path USUAL_SOCKET = Path.of("/var/run/docker.sock");

    private ContainerEngine() {}

    /** Skips the calling test, with the reason in its report, where no engine answers. */
    static void requireAnswer() {
        require(named() && DockerClientFactory.instance().isDockerAvailable(), "No Docker engine answers here.");
    }

    /** Starts the broker; skips the calling test where its image is not here and cannot be fetched. */
    static KafkaContainer started(KafkaContainer broker) {
        try {
            broker.start();
            return broker;
        } catch (ContainerFetchException e) {
            broker.close();
            require(false, "The image " + broker.getDockerImageName() + " is neither here nor can it be fetched.");
            throw e;
        }
    }

    /** Asked first, because looking for an engine in every place that Testcontainers knows takes a while. */
    private static boolean named() {
        return REQUIRED || System.getenv("DOCKER_HOST") != null || Files.exists(USUAL_SOCKET);
    }

    private static void require(boolean holds, String otherwise) {
        if (REQUIRED && !holds) {
            throw new AssertionError(otherwise + " With -Dcontainers.required=true that is a failure.");
        }
        Assumptions.assumeTrue(holds, otherwise + " -Dcontainers.required=true makes that a failure.");
    }
}
