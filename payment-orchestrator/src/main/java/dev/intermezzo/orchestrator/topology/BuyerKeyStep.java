package dev.intermezzo.orchestrator.topology;

import dev.intermezzo.schemas.avro.BuyerKeyRing;
import dev.intermezzo.schemas.avro.CashierCommand;
import dev.intermezzo.schemas.avro.SealedData;
import dev.intermezzo.schemas.avro.WaitingCommand;
import dev.intermezzo.schemas.avro.WrappedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a buyer's sealed data keys onto commands, as a pure function of the payment's ring of keys and a fact.
 *
 * <p>Key and checkout are written to different topics by one producer, so a key may arrive after the decision that needs
 * it: the command then waits in the ring. A command never vanishes here. One that cannot get its keys, because too many
 * wait or the buyer was forgotten, leaves without them, and the executor reports that it could not be executed.
 */
final class BuyerKeyStep {
    static final int MAX_KEYS = 16;
    static final int MAX_WAITING = 8;

    private BuyerKeyStep() {}

    /**
     * @param ring what is kept; null: nothing
     * @param leaving commands to be written now, in order, with the keys they get
     */
    record Turn(@Nullable BuyerKeyRing ring, List<WaitingCommand> leaving) {}

    /** A key came. One with the same id replaces it; beyond the limit the oldest goes. */
    static Turn keyArrived(@Nullable BuyerKeyRing before, WrappedKey key) {
        List<WrappedKey> keys = new ArrayList<>(keys(before));
        keys.removeIf(known -> known.getKeyId().equals(key.getKeyId()));
        keys.add(key);
        if (keys.size() > MAX_KEYS) {
            keys.removeFirst();
        }
        List<WaitingCommand> leaving = new ArrayList<>();
        List<WaitingCommand> waiting = new ArrayList<>();
        for (WaitingCommand command : waiting(before)) {
            if (complete(command, keys)) {
                leaving.add(attach(command, keys));
            } else {
                waiting.add(command);
            }
        }
        return new Turn(new BuyerKeyRing(keys, waiting), leaving);
    }

    /** The buyer is forgotten: what waited can never be opened. */
    static Turn forgotten(@Nullable BuyerKeyRing before) {
        return new Turn(null, waiting(before));
    }

    /**
     * What these keys seal was used up, or never will be: nothing that is decided from now on needs them. Nor does a command
     * that waits: what ended its attempt ended its time too.
     */
    static Turn usedUp(@Nullable BuyerKeyRing before, Set<String> keyIds) {
        if (before == null) {
            return new Turn(null, List.of());
        }
        List<WrappedKey> keys = before.getKeys().stream()
                .filter(key -> !keyIds.contains(key.getKeyId()))
                .toList();
        return new Turn(new BuyerKeyRing(keys, before.getWaiting()), List.of());
    }

    /** A command was decided. */
    static Turn issued(@Nullable BuyerKeyRing before, WaitingCommand command) {
        List<WrappedKey> keys = keys(before);
        if (complete(command, keys)) {
            return new Turn(before, List.of(attach(command, keys)));
        }
        List<WaitingCommand> waiting = new ArrayList<>(waiting(before));
        waiting.add(command);
        List<WaitingCommand> leaving =
                waiting.size() > MAX_WAITING ? List.of(attach(waiting.removeFirst(), keys)) : List.of();
        return new Turn(new BuyerKeyRing(keys, waiting), leaving);
    }

    private static boolean complete(WaitingCommand command, List<WrappedKey> keys) {
        Set<String> known = keys.stream().map(WrappedKey::getKeyId).collect(Collectors.toSet());
        return known.containsAll(needed(command.getCommand()));
    }

    /** Only the keys that the command's own parts name: a command carries no more than it needs. */
    private static WaitingCommand attach(WaitingCommand waiting, List<WrappedKey> keys) {
        Set<String> needed = needed(waiting.getCommand());
        CashierCommand command = CashierCommand.newBuilder(waiting.getCommand())
                .setBuyerKeys(keys.stream()
                        .filter(key -> needed.contains(key.getKeyId()))
                        .toList())
                .build();
        return WaitingCommand.newBuilder(waiting).setCommand(command).build();
    }

    private static Set<String> needed(CashierCommand command) {
        return command.getBuyer().stream().map(SealedData::getKeyId).collect(Collectors.toSet());
    }

    private static List<WrappedKey> keys(@Nullable BuyerKeyRing ring) {
        return list(ring, BuyerKeyRing::getKeys);
    }

    private static List<WaitingCommand> waiting(@Nullable BuyerKeyRing ring) {
        return list(ring, BuyerKeyRing::getWaiting);
    }

    private static <T> List<T> list(@Nullable BuyerKeyRing ring, Function<BuyerKeyRing, List<T>> of) {
        return ring == null ? List.of() : of.apply(ring);
    }
}
