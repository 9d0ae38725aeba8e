package dev.intermezzo.orchestrator.ledger;

import java.util.List;
import java.util.SortedSet;

/**
 * What an audit of the ledger found.
 *
 * @param entries entries read
 * @param payments payments they belong to
 * @param brokenCount places where the ledger is not what was written
 * @param broken the first {@link LedgerAudit#MAX_NAMED} of them
 * @param reproduced entries whose decision this build reproduces exactly
 * @param differingCount entries whose decision it does not reproduce although it has the same decider version
 * @param differing the first {@link LedgerAudit#MAX_NAMED} of them
 * @param notFolded entries that could not be decided anew: of another version, or after a break or a difference
 * @param otherVersions decider versions met that this build does not implement; their releases can fold them
 */
public record AuditReport(
        long entries,
        long payments,
        long brokenCount,
        List<LedgerBreak> broken,
        long reproduced,
        long differingCount,
        List<LedgerDifference> differing,
        long notFolded,
        SortedSet<Integer> otherVersions) {

    public AuditReport {
        broken = List.copyOf(broken);
        differing = List.copyOf(differing);
    }

    /** Nothing was changed, dropped in between, moved or repeated. (Entries cut off the end take a checkpoint to see.) */
    public boolean intact() {
        return brokenCount == 0;
    }

    /** Every decision was made anew with the same result. */
    public boolean fullyReproduced() {
        return differingCount == 0 && notFolded == 0;
    }

    /** Intact, and nothing that could be decided anew came out otherwise. */
    public boolean verified() {
        return intact() && differingCount == 0;
    }
}
