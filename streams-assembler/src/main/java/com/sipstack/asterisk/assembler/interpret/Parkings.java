package com.sipstack.asterisk.assembler.interpret;

import com.sipstack.asterisk.assembler.interpret.Applications.Run;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.CelEventType;
import com.sipstack.asterisk.model.document.Party;
import com.sipstack.asterisk.model.document.Story.Parking;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls put on a parking slot. PARK_START and PARK_END tell the lot and how it ended; the slot stands in the CDR of Park() and in
 * ParkedCall() of who fetched the call. Without PARK events those two tell all, and the bridge of the parking lot.
 */
final class Parkings {
    private static final String PARK_RETURN = "park-dial";

    private final CallFacts call;

    private Parkings(CallFacts call) {
        this.call = call;
    }

    /** The stays in a parking lot's bridge, which is a holding bridge. */
    static List<Stay> stays(CallFacts call) {
        return call.stays().stream()
                .filter(stay -> stay.channel() == call.caller().voice() && stay.isHolding())
                .toList();
    }

    static List<Parking> of(CallFacts call) {
        Parkings parkings = new Parkings(call);
        List<Cel> starts = call.events(CelEventType.PARK_START);
        if (starts.isEmpty()) {
            return parkings.withoutEvents();
        }
        List<Parking> told = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            told.add(parkings.fromEvents(starts.get(i), i));
        }
        return told;
    }

    private Parking fromEvents(Cel start, int index) {
        Extra extra = Extra.of(start);
        Channel parked = call.channels().withUniqueid(start.uniqueid());
        Optional<Cel> end = call.eventsAfter(start, parked)
                .filter(cel -> cel.type() == CelEventType.PARK_END)
                .findFirst();
        Optional<Extra> ending = end.map(Extra::of);
        boolean timedOut = ending.map(found -> found.isEmpty() ? returned(end.get()) : isTimeout(found))
                .orElse(false);
        Party retriever = ending.flatMap(found -> call.channels().named(found.text("retriever")))
                .map(call::partyOf)
                .orElse(null);
        return new Parking(
                lotOf(extra, index),
                place(index).map(Place::slot).orElse(null),
                parker(extra, start.eventTime()),
                retriever,
                timedOut);
    }

    private static boolean isTimeout(Extra end) {
        return end.text("reason").equals("ParkedCallTimeOut");
    }

    /** Without a reason it is the place that tells. */
    private static boolean returned(Cel end) {
        return PARK_RETURN.equals(end.context());
    }

    private String lotOf(Extra start, int index) {
        String lot = start.text("parking_lot");
        return lot.isEmpty() ? place(index).map(Place::lot).orElse(null) : lot;
    }

    private Party parker(Extra start, Long at) {
        return call.lines()
                .extensionIn(start.text("parker_dial_string"))
                .map(Party::ofExtension)
                .orElseGet(() -> at == null ? null : partnerBefore(at));
    }

    private Party partnerBefore(long time) {
        return call.talk()
                .before(time)
                .map(Encounter::partner)
                .map(call::partyOf)
                .orElse(null);
    }

    private List<Parking> withoutEvents() {
        List<Parking> told = new ArrayList<>();
        for (int i = 0; place(i).isPresent(); i++) {
            told.add(fromPlace(place(i).get()));
        }
        return told;
    }

    private Parking fromPlace(Place place) {
        Optional<Encounter> next = call.talk().since(place.until());
        boolean timedOut = next.map(Encounter::step)
                .filter(step -> step.context().equals(PARK_RETURN))
                .isPresent();
        Party retriever = timedOut
                ? null
                : next.map(Encounter::partner).map(call::partyOf).orElse(null);
        return new Parking(place.lot(), place.slot(), partnerBefore(place.from()), retriever, timedOut);
    }

    /** Where a call was parked, and until when to the second. */
    private record Place(String lot, String slot, long from, long until) {}

    private Optional<Place> place(int index) {
        List<Place> places = places();
        return index < places.size() ? Optional.of(places.get(index)) : Optional.empty();
    }

    /** Park()'s CDR has {@code lot:slot}; ParkedCall() has {@code lot,slot}. */
    private List<Place> places() {
        List<Place> parked = new ArrayList<>();
        for (Run run : call.applications().of("Park")) {
            String[] place = run.step().data().split(":", 2);
            if (place.length == 2 && run.step().from() != null && run.step().until() != null) {
                parked.add(new Place(
                        place[0], place[1], run.step().from(), run.step().until()));
            }
        }
        if (parked.isEmpty()) {
            for (Run run : call.applications().of("ParkedCall")) {
                fetched(run).ifPresent(parked::add);
            }
        }
        return parked;
    }

    private Optional<Place> fetched(Run run) {
        Step step = run.step();
        if (step.from() == null || call.caller().owns(run.channel())) {
            return Optional.empty();
        }
        String slot = step.argument(1).isEmpty() ? step.argument(0) : step.argument(1);
        String lot = step.argument(1).isEmpty() ? "default" : step.argument(0);
        return Optional.of(new Place(lot, slot, step.from(), step.from()));
    }
}
