package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.ChannelName;
import com.sipstack.asterisk.model.Clid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the rows tell of one channel. Times are UTC microseconds, null while unknown; text is empty while unknown. */
final class Channel {
    private final List<Step> path = new ArrayList<>();
    private final List<Cdr> legs = new ArrayList<>();
    private final Set<String> linkedids = new LinkedHashSet<>();
    private String uniqueid;
    private ChannelName name;
    private String fullName = "";
    private Long startedAt;
    private Long answeredAt;
    private Long endedAt;
    private String dnid = "";
    private String firstNumber = "";
    private String firstName = "";
    private String accountcode = "";
    private String calledBy = "";
    private Integer cause;
    private String hangupSource = "";
    private String dialStatus = "";
    private boolean startLogged;
    private boolean hungUp;
    private boolean onlyInCdrs;
    private boolean stranger;

    /** @param uniqueid null where only its name is known */
    Channel(String uniqueid) {
        this.uniqueid = uniqueid;
    }

    /** A channel of another call, of which this call's rows tell the name only. */
    static Channel named(String fullName) {
        Channel channel = new Channel(null);
        channel.stranger = true;
        channel.nameIt(fullName);
        return channel;
    }

    void add(Cel cel) {
        nameIt(cel.channame());
        CelEventType type = cel.type();
        if (type == CelEventType.CHAN_START) {
            startLogged = true;
            startedAt = cel.eventTime();
        } else if (type == CelEventType.ANSWER && answeredAt == null) {
            answeredAt = cel.eventTime();
        } else if (type == CelEventType.HANGUP) {
            hangUp(Extra.of(cel));
        } else if (type == CelEventType.CHAN_END) {
            endedAt = cel.eventTime();
        }
        if (startedAt == null) {
            startedAt = cel.eventTime();
        }
        rememberFirst(cel);
        walk(Step.of(cel));
    }

    private void hangUp(Extra extra) {
        hungUp = true;
        cause = extra.integer("hangupcause");
        hangupSource = extra.text("hangupsource");
        dialStatus = extra.text("dialstatus");
    }

    /** The caller's number and name are those of the first rows: transfers and trunks rewrite them later. */
    private void rememberFirst(Cel cel) {
        dnid = first(dnid, cel.cidDnid());
        firstNumber = first(firstNumber, cel.cidNum());
        firstName = first(firstName, cel.cidName());
        accountcode = first(accountcode, cel.accountcode());
        if (cel.linkedid() != null && !cel.linkedid().isBlank()) {
            linkedids.add(cel.linkedid());
        }
    }

    private void walk(Step step) {
        int last = path.size() - 1;
        if (last >= 0 && path.get(last).isSameAs(step)) {
            path.set(last, path.get(last).until(step));
        } else {
            path.add(step);
        }
    }

    /** Adds a leg that began on this channel. */
    void addLeg(Cdr cdr) {
        legs.add(cdr);
        boolean hasEvents = !path.isEmpty() && !onlyInCdrs;
        if (hasEvents) {
            return;
        }
        onlyInCdrs = true;
        uniqueid = cdr.uniqueid();
        nameIt(cdr.channel());
        startedAt = startedAt == null ? cdr.startTime() : startedAt;
        endedAt = later(endedAt, Cdrs.endedAt(cdr));
        firstNumber = first(firstNumber, cdr.src());
        firstName = first(firstName, Clid.parse(cdr.clid()).name());
        accountcode = first(accountcode, cdr.accountcode());
        walk(Step.of(cdr));
    }

    /** Adds a leg that went to this channel, of which only CDRs tell. */
    void addIncomingLeg(Cdr cdr) {
        onlyInCdrs = true;
        nameIt(cdr.dstchannel());
        startedAt = startedAt == null ? cdr.startTime() : startedAt;
        endedAt = later(endedAt, Cdrs.endedAt(cdr));
        if (answeredAt == null && Cdrs.isAnswered(cdr)) {
            answeredAt = Cdrs.answeredAt(cdr);
        }
        accountcode = first(accountcode, cdr.peeraccount());
        calledBy = first(calledBy, cdr.channel());
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

    /** Null where no row has it. */
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

    boolean isNamed(String other) {
        return name != null && ChannelName.parse(other).filter(name::equals).isPresent();
    }

    /** Whether it belongs to a person or a trunk, not to Asterisk's own plumbing. */
    boolean isPerson() {
        return name != null && !name.isPlumbing();
    }

    boolean isLocal() {
        return name != null && name.technology().equalsIgnoreCase("Local");
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

    /** Its way through the dialplan, from its events; where there are none, from its legs. */
    List<Step> path() {
        return path;
    }

    /** The CDRs that began on it. */
    List<Cdr> legs() {
        return legs;
    }

    /** The linkedids that it had, in order. */
    Set<String> linkedids() {
        return linkedids;
    }

    Step firstStep() {
        return path.isEmpty() ? new Step("", "", "", "", null, null) : path.get(0);
    }

    /** The context of its own endpoint, trunk or phone: only the event of its start has it. Empty where that is missing. */
    String homeContext() {
        return startLogged ? firstStep().context() : "";
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

    /** The name of the channel whose leg came here; empty where events tell of the channel. */
    String calledBy() {
        return calledBy;
    }

    Integer cause() {
        return cause;
    }

    /** The channel or part of Asterisk that hung up; empty if nobody in particular or unknown. */
    String hangupSource() {
        return hangupSource;
    }

    /** How Dial ended that ran on it; empty if none did. */
    String dialStatus() {
        return dialStatus;
    }

    /** Whether an event tells that it was hung up. */
    boolean isHungUp() {
        return hungUp;
    }

    boolean isStartLogged() {
        return startLogged;
    }

    /** Whether it belongs to another call. */
    boolean isStranger() {
        return stranger;
    }

    boolean isOnlyInCdrs() {
        return onlyInCdrs;
    }

    /** Whether whoever is there dialled: what the PBX calls begins at {@code s}, or at no extension. */
    boolean hasDialled() {
        return isOnlyInCdrs() ? calledBy.isEmpty() : startLogged && firstStep().isChosen();
    }

    /** Whether the PBX itself called it, as for click-to-call: its application is {@code AppDial2}. */
    boolean isOriginated() {
        return path.stream().anyMatch(step -> step.runs("AppDial2"))
                || legs.stream().map(Step::of).anyMatch(step -> step.runs("AppDial2"));
    }
}
