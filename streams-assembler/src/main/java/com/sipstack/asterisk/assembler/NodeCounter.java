package com.sipstack.asterisk.assembler;

import com.sipstack.asterisk.model.UniqueId;
import java.nio.ByteBuffer;

/**
 * Where the channel counter of one node stands. Epochs are seconds since 1970, as in uniqueids.
 *
 * @param startedAt epoch of the first channel of the process that runs now; 0 if it is the first that was ever seen
 * @param firstNumber the smallest number that was seen of this process
 * @param epoch of the channel with the greatest number of this process
 * @param number that number
 * @param endedAt epoch of the last channel of the process before; 0 if there was none
 * @param endedNumber its number
 * @param isShared whether several nodes count under one name
 */
record NodeCounter(
        long startedAt, long firstNumber, long epoch, long number, long endedAt, long endedNumber, boolean isShared) {
    private static final byte FORMAT = 1;
    private static final int SIZE = 2 + 6 * Long.BYTES;
    /** Channels that begin at once may take epoch and number in different order. Seconds. */
    private static final long RACE = 2;
    /** A number is the next one of the other process if it is that much nearer to it. */
    private static final int NEARER = 8;

    static NodeCounter first(UniqueId channel) {
        return new NodeCounter(0, channel.sequence(), channel.epochSecond(), channel.sequence(), 0, 0, false);
    }

    /** Where it stands after one more channel, whichever way that came. */
    NodeCounter next(UniqueId channel) {
        if (isShared) {
            return this;
        }
        if (channel.sequence() > number) {
            return continuesEnded(channel) ? shared() : at(channel);
        }
        if (channel.epochSecond() > epoch + RACE) {
            return restarted(channel);
        }
        boolean isFirst = startedAt > 0 && channel.epochSecond() > endedAt && channel.sequence() < firstNumber;
        return isFirst ? from(channel) : this;
    }

    /** A process that ended does not count on: if its next number comes, it is another node. */
    private boolean continuesEnded(UniqueId channel) {
        return endedAt > 0
                && channel.epochSecond() >= startedAt
                && number < endedNumber
                && channel.sequence() > endedNumber
                && channel.sequence() - number > NEARER * (channel.sequence() - endedNumber + 1);
    }

    private NodeCounter shared() {
        return new NodeCounter(startedAt, firstNumber, epoch, number, endedAt, endedNumber, true);
    }

    /** A channel that is older than another, and has a greater number, is of a process before. */
    private NodeCounter at(UniqueId channel) {
        boolean isLate = channel.epochSecond() < Math.max(startedAt, epoch - RACE);
        return isLate
                ? this
                : new NodeCounter(
                        startedAt, firstNumber, channel.epochSecond(), channel.sequence(), endedAt, endedNumber, false);
    }

    private NodeCounter restarted(UniqueId channel) {
        return new NodeCounter(
                channel.epochSecond(),
                channel.sequence(),
                channel.epochSecond(),
                channel.sequence(),
                epoch,
                number,
                false);
    }

    private NodeCounter from(UniqueId channel) {
        long start = Math.min(startedAt, channel.epochSecond());
        return new NodeCounter(start, channel.sequence(), epoch, number, endedAt, endedNumber, false);
    }

    /** Whether a channel belongs to a process before this one. */
    boolean isGone(UniqueId channel) {
        return !isShared && channel.epochSecond() < startedAt;
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(SIZE)
                .put(FORMAT)
                .put((byte) (isShared ? 1 : 0))
                .putLong(startedAt)
                .putLong(firstNumber)
                .putLong(epoch)
                .putLong(number)
                .putLong(endedAt)
                .putLong(endedNumber)
                .array();
    }

    /** @throws UnreadableStateException if the bytes are of a format that this release does not know */
    static NodeCounter fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte format = in.get();
        if (format != FORMAT) {
            throw UnreadableStateException.ofFormat("a node's counter", format, "" + FORMAT);
        }
        boolean isShared = in.get() == 1;
        return new NodeCounter(
                in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), isShared);
    }
}
