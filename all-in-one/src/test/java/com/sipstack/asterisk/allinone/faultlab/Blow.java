package com.sipstack.asterisk.allinone.faultlab;

import com.sipstack.asterisk.stubapi.Fault;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What is done to a part of the lab, for a while. */
enum Blow {
    BROKER_KILLED,
    WORKER_KILLED,
    ASSEMBLER_KILLED,
    WORKER_STOPPED,
    ASSEMBLER_STOPPED,
    BROKER_FROZEN,
    WORKER_FROZEN,
    ASSEMBLER_FROZEN,
    DATABASE_KILLED,
    API_STOPPED,
    API_OVERLOADED,
    API_LOSES_ANSWERS,
    DATABASE_CABLE_CUT,
    DATABASE_CABLE_STALLED,
    API_CABLE_CUT,
    API_CABLE_STALLED,
    API_CABLE_GARBLING,
    CLOCK_FORWARD,
    CLOCK_BACK,
    DISK_FULL;

    private static final int CLOCK_TIMES = 20;

    /** Returns when it is over. Parts that ended are started again, by this or by the lab. */
    void strike(Lab lab, Duration hold) throws Exception {
        switch (this) {
            case BROKER_KILLED -> killed(lab.broker(), hold);
            case WORKER_KILLED -> killed(lab.worker(), hold);
            case ASSEMBLER_KILLED -> killed(lab.assembler(), hold);
            case WORKER_STOPPED -> stopped(lab.worker(), hold);
            case ASSEMBLER_STOPPED -> stopped(lab.assembler(), hold);
            case BROKER_FROZEN -> frozen(lab.broker(), hold);
            case WORKER_FROZEN -> frozen(lab.worker(), hold);
            case ASSEMBLER_FROZEN -> frozen(lab.assembler(), hold);
            case DATABASE_KILLED -> databaseKilled(lab.database(), hold);
            case API_STOPPED -> apiStopped(lab.api(), hold);
            case API_OVERLOADED -> faulty(lab, Fault.status(503), hold);
            case API_LOSES_ANSWERS -> faulty(lab, Fault.loseAnswer().withShare(0.5), hold);
            case DATABASE_CABLE_CUT -> turned(lab.toDatabase(), Cable.State.CUT, hold);
            case DATABASE_CABLE_STALLED -> turned(lab.toDatabase(), Cable.State.STALLED, hold);
            case API_CABLE_CUT -> turned(lab.toApi(), Cable.State.CUT, hold);
            case API_CABLE_STALLED -> turned(lab.toApi(), Cable.State.STALLED, hold);
            case API_CABLE_GARBLING -> turned(lab.toApi(), Cable.State.GARBLING, hold);
            case CLOCK_FORWARD -> lab.pbx().setClock(hold.multipliedBy(CLOCK_TIMES));
            case CLOCK_BACK -> lab.pbx().setClock(hold.multipliedBy(-CLOCK_TIMES));
            case DISK_FULL -> diskFull(lab.disk(), hold);
        }
    }

    private static void databaseKilled(LabDatabase database, Duration hold) throws Exception {
        database.kill();
        sleep(hold);
        database.startAgain();
    }

    private static void apiStopped(LabApi api, Duration hold) throws Exception {
        api.stop();
        sleep(hold);
        api.start();
    }

    private static void diskFull(LabDisk disk, Duration hold) throws Exception {
        disk.fill();
        sleep(hold);
        disk.clear();
    }

    private static void killed(LabPart part, Duration hold) throws Exception {
        part.hold(process -> {
            process.kill();
            sleep(hold);
        });
    }

    private static void stopped(LabPart part, Duration hold) throws Exception {
        part.hold(process -> {
            process.terminate();
            sleep(hold);
        });
    }

    private static void frozen(LabPart part, Duration hold) throws Exception {
        part.hold(process -> {
            process.freeze();
            sleep(hold);
            process.thaw();
        });
    }

    private static void faulty(Lab lab, Fault fault, Duration hold) throws Exception {
        lab.api().stub().faults().add(fault.withDuration(hold));
        sleep(hold);
    }

    private static void turned(Cable cable, Cable.State state, Duration hold) throws Exception {
        cable.turn(state);
        sleep(hold);
        cable.turn(Cable.State.WHOLE);
    }

    private static void sleep(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
