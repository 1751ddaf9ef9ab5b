package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.Clid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rows tell of one channel. Times are UTC microseconds, null while unknown. */
final class Channel {
    private final String uniqueid;
    private ChannelName name;
    private String fullName = "";
    private Long startedAt;
    private Long answeredAt;
    private Long endedAt;
    private String firstExten = "";
    private String firstContext = "";
    private String dnid = "";
    private String firstNumber = "";
    private String firstName = "";
    private String accountcode = "";
    private Integer cause;
    private boolean startLogged;

    private Channel(String uniqueid) {
        this.uniqueid = uniqueid;
    }

    /** The call's channels by uniqueid, in the order of their first rows. Without events, CDRs tell of them. */
    static Map<String, Channel> of(CallRows rows) {
        Map<String, Channel> channels = new LinkedHashMap<>();
        for (Cel cel : rows.cels()) {
            if (cel.uniqueid() != null) {
                channels.computeIfAbsent(cel.uniqueid(), Channel::new).add(cel);
            }
        }
        if (rows.cels().isEmpty()) {
            rows.cdrs().forEach(cdr -> addLegs(cdr, channels));
        }
        return channels;
    }

    /** A CDR has no uniqueid for the channel that was called: it goes by its name. */
    private static void addLegs(Cdr cdr, Map<String, Channel> channels) {
        if (cdr.uniqueid() != null) {
            channels.computeIfAbsent(cdr.uniqueid(), Channel::new).addCaller(cdr);
        }
        if (cdr.dstchannel() != null && !cdr.dstchannel().isEmpty()) {
            channels.computeIfAbsent(cdr.dstchannel(), name -> new Channel(null))
                    .addCallee(cdr);
        }
    }

    /** The channels that belong to people or trunks, not to Asterisk's own plumbing. */
    static List<Channel> persons(Map<String, Channel> channels) {
        List<Channel> persons = new ArrayList<>(channels.values());
        persons.removeIf(channel -> !channel.isPerson());
        return persons;
    }

    private void add(Cel cel) {
        nameIt(cel.channame());
        CelEventType type = cel.type();
        if (type == CelEventType.CHAN_START) {
            startLogged = true;
            startedAt = cel.eventTime();
        } else if (type == CelEventType.ANSWER && answeredAt == null) {
            answeredAt = cel.eventTime();
        } else if (type == CelEventType.HANGUP) {
            cause = Extra.of(cel).integer("hangupcause");
        } else if (type == CelEventType.CHAN_END) {
            endedAt = cel.eventTime();
        }
        if (startedAt == null) {
            startedAt = cel.eventTime();
        }
        rememberFirst(cel);
    }

    /** Caller and dialled number are those of the first rows: transfers and trunks rewrite them later. */
    private void rememberFirst(Cel cel) {
        firstExten = first(firstExten, cel.exten());
        firstContext = first(firstContext, cel.context());
        dnid = first(dnid, cel.cidDnid());
        firstNumber = first(firstNumber, cel.cidNum());
        firstName = first(firstName, cel.cidName());
        accountcode = first(accountcode, cel.accountcode());
    }

    private void addCaller(Cdr cdr) {
        nameIt(cdr.channel());
        startedAt = startedAt == null ? cdr.startTime() : startedAt;
        endedAt = later(endedAt, Cdrs.endedAt(cdr));
        firstExten = first(firstExten, cdr.dst());
        firstContext = first(firstContext, cdr.dcontext());
        firstNumber = first(firstNumber, cdr.src());
        firstName = first(firstName, Clid.parse(cdr.clid()).name());
        accountcode = first(accountcode, cdr.accountcode());
    }

    private void addCallee(Cdr cdr) {
        nameIt(cdr.dstchannel());
        startedAt = startedAt == null ? cdr.startTime() : startedAt;
        endedAt = later(endedAt, Cdrs.endedAt(cdr));
        if (answeredAt == null && "ANSWERED".equals(cdr.disposition())) {
            answeredAt = Cdrs.answeredAt(cdr);
        }
        accountcode = first(accountcode, cdr.peeraccount());
    }

    private static Long later(Long known, Long next) {
        return known == null || (next != null && next > known) ? next : known;
    }

    private void nameIt(String channame) {
        Optional<ChannelName> parsed = ChannelName.parse(channame);
        if (name == null && parsed.isPresent()) {
            name = parsed.get();
            fullName = channame;
        }
    }

    private static String first(String known, String next) {
        return known.isEmpty() && next != null ? next : known;
    }

    /** Null where only CDRs tell of the channel. */
    String uniqueid() {
        return uniqueid;
    }

    /** As the PBX wrote it; empty if no row had it. */
    String fullName() {
        return fullName;
    }

    Optional<ChannelName> name() {
        return Optional.ofNullable(name);
    }

    boolean isPerson() {
        return name != null && !name.isPlumbing();
    }

    Long startedAt() {
        return startedAt;
    }

    Long answeredAt() {
        return answeredAt;
    }

    Long endedAt() {
        return endedAt;
    }

    String firstExten() {
        return firstExten;
    }

    String firstContext() {
        return firstContext;
    }

    String dnid() {
        return dnid;
    }

    String firstNumber() {
        return firstNumber;
    }

    String firstName() {
        return firstName;
    }

    String accountcode() {
        return accountcode;
    }

    Integer cause() {
        return cause;
    }

    boolean isStartLogged() {
        return startLogged;
    }
}
