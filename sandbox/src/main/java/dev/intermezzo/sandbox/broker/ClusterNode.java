package dev.intermezzo.sandbox.broker;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * One of several nodes that make one cluster on this machine, each broker and controller at once and each in a process of
 * its own.
 *
 * @param clusterId the same for all, as {@link #newClusterId()} draws it
 * @param id from 1, different for each
 * @param port where its clients connect, on the loopback address
 * @param controllerPorts where each node's controller listens, by the node's id; the same for all
 */
public record ClusterNode(String clusterId, int id, int port, Map<Integer, Integer> controllerPorts) {

    public ClusterNode {
        controllerPorts = Map.copyOf(controllerPorts);
        if (!controllerPorts.containsKey(id)) {
            throw new IllegalArgumentException("node " + id + " is none of the cluster's " + controllerPorts.keySet());
        }
    }

    /** Draws the name that the nodes of a new cluster share. */
    public static String newClusterId() {
        return Uuid.randomUuid().toString();
    }

    int controllerPort() {
        return controllerPorts.getOrDefault(id, 0);
    }

    /** As {@code controller.quorum.voters} wants it. */
    String voters() {
        return new TreeMap<>(controllerPorts)
                .entrySet().stream()
                        .map(node -> node.getKey() + "@127.0.0.1:" + node.getValue())
                        .collect(Collectors.joining(","));
    }
}
