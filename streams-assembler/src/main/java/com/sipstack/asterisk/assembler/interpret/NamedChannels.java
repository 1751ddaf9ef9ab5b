package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import java.util.List;
import java.util.stream.Stream;

/** The other channels that an event speaks of, which may belong to another call: both calls are tied by it. */
public final class NamedChannels {
    private static final List<String> TRANSFER_FIELDS =
            List.of("channel2_uniqueid", "transferee_channel_uniqueid", "transfer_target_channel_uniqueid");
    private static final List<String> PICKUP_FIELDS = List.of("pickup_channel_uniqueid");

    private NamedChannels() {}

    /** Their uniqueids, from the {@code extra} of ATTENDEDTRANSFER and PICKUP; empty for all other events. */
    public static List<String> of(Cel cel) {
        List<String> fields = cel.type() == CelEventType.ATTENDEDTRANSFER
                ? TRANSFER_FIELDS
                : cel.type() == CelEventType.PICKUP ? PICKUP_FIELDS : List.of();
        if (fields.isEmpty()) {
            return List.of();
        }
        Extra extra = Extra.of(cel);
        return Stream.of(fields)
                .flatMap(List::stream)
                .map(extra::text)
                .filter(uniqueid -> !uniqueid.isEmpty())
                .toList();
    }
}
