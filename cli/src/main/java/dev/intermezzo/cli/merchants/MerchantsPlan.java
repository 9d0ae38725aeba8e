package dev.intermezzo.cli.merchants;

import dev.intermezzo.runtime.merchants.MerchantKeys;
import dev.intermezzo.schemas.avro.MerchantRecord;
import java.util.List;

/**
 * What applying a file would do.
 *
 * @param changes one per declared record, in the file's order
 * @param untouched keys of stored records that the file does not name; they stay as they are
 * @param problems what keeps the file from being applied to this installation; empty: it may be
 */
public record MerchantsPlan(List<Change> changes, List<String> untouched, List<MerchantsProblem> problems) {

    public MerchantsPlan {
        changes = List.copyOf(changes);
        untouched = List.copyOf(untouched);
        problems = List.copyOf(problems);
    }

    /** What happens to a record. */
    public enum Kind {
        CREATED,
        CHANGED,
        UNCHANGED
    }

    /**
     * One record.
     *
     * @param record as it will be stored, or is stored when nothing changes; secrets are sealed
     * @param fields names of what changes; empty unless {@code kind} is CHANGED
     */
    public record Change(Kind kind, MerchantRecord record, List<String> fields) {
        public Change {
            fields = List.copyOf(fields);
        }

        /** {@code account:<id>}, {@code merchant:<id>} or {@code integration:<id>}. */
        public String key() {
            return MerchantKeys.key(record);
        }
    }

    /** How many records of this kind there are. */
    public long count(Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }
}
