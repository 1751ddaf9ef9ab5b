package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import java.util.List;
import java.util.Map;

/**
 * When the caller talked, and with whom. Times are UTC microseconds.
 *
 * @param answeredAt the first moment that the caller and a person share a bridge; null if none did
 * @param answeredBy that person's channel; null if none did
 * @param finalPartner the last person's channel; null if none did
 * @param talkMicros time of the caller in bridges, from the first moment on
 */
record Conversation(Long answeredAt, Channel answeredBy, Channel finalPartner, long talkMicros) {
    private static final long MICROS = 1_000_000;

    /** From bridges, where the PBX logs them, else from CDRs, which cannot tell a menu from a person. */
    static Conversation of(CallRows rows, Map<String, Channel> channels, Channel caller) {
        return rows.cels().isEmpty() ? ofCdrs(rows.cdrs(), channels) : ofCels(rows.cels(), channels, caller);
    }

    boolean isAnswered() {
        return answeredAt != null;
    }

    private static Conversation ofCels(List<Cel> cels, Map<String, Channel> channels, Channel caller) {
        Bridges bridges = new Bridges(channels);
        Long answeredAt = null;
        Channel answeredBy = null;
        Channel finalPartner = null;
        long talked = 0;
        Long talkingSince = null;
        Long last = null;
        for (Cel cel : cels) {
            if (cel.eventTime() == null) {
                continue;
            }
            last = cel.eventTime();
            bridges.follow(cel);
            List<Channel> partners = bridges.partners(caller);
            if (!partners.isEmpty()) {
                finalPartner = partners.get(partners.size() - 1);
                if (answeredAt == null) {
                    answeredAt = cel.eventTime();
                    answeredBy = partners.get(0);
                }
            }
            boolean talking = answeredAt != null && bridges.isTalking(caller);
            if (talking && talkingSince == null) {
                talkingSince = cel.eventTime();
            } else if (!talking && talkingSince != null) {
                talked += cel.eventTime() - talkingSince;
                talkingSince = null;
            }
        }
        long stillTalking = talkingSince == null ? 0 : last - talkingSince;
        return new Conversation(answeredAt, answeredBy, finalPartner, talked + stillTalking);
    }

    private static Conversation ofCdrs(List<Cdr> cdrs, Map<String, Channel> channels) {
        Cdr first = null;
        Cdr last = null;
        long seconds = 0;
        for (Cdr cdr : cdrs) {
            Channel callee = channels.get(cdr.dstchannel());
            boolean isTalk = "ANSWERED".equals(cdr.disposition()) && callee != null && callee.isPerson();
            if (isTalk && Cdrs.answeredAt(cdr) != null) {
                first = first == null ? cdr : first;
                last = cdr;
                seconds += cdr.billsec();
            }
        }
        return first == null
                ? new Conversation(null, null, null, 0)
                : new Conversation(
                        Cdrs.answeredAt(first),
                        channels.get(first.dstchannel()),
                        channels.get(last.dstchannel()),
                        seconds * MICROS);
    }
}
