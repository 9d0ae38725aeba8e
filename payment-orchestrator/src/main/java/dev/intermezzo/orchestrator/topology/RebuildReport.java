package dev.intermezzo.orchestrator.topology;

import java.util.List;
import java.util.SortedMap;

/**
 * What a rebuild put back.
 *
 * @param entries ledger entries folded
 * @param payments payments they belong to
 * @param written values written, by store
 * @param removed values that no entry of the ledger accounts for, by store; they are gone now
 * @param created changelogs that were missing; where there are any, every instance's state folder must be deleted before
 *     it starts, because what lies there belongs to changelogs that are gone
 * @param resumed where each source goes on, {@code topic-partition} without prefix
 */
public record RebuildReport(
        long entries,
        long payments,
        SortedMap<String, Long> written,
        SortedMap<String, Long> removed,
        List<String> created,
        SortedMap<String, Long> resumed) {}
