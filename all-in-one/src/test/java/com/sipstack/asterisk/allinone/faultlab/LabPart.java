package com.sipstack.asterisk.allinone.faultlab;

import java.io.IOException;

/** A process under a service manager: if it ends by itself, it is started again. Thread safe. */
final class LabPart implements AutoCloseable {
    private final String name;
    private final LabProcess process;
    private int ends;

    /** What is done to a process while its manager looks away. */
    interface Treatment {
        void of(LabProcess process) throws Exception;
    }

    LabPart(String name, LabProcess process) {
        this.name = name;
        this.process = process;
    }

    /** Has it treated, and starts it again if it is dead by then. */
    synchronized void hold(Treatment treatment) throws Exception {
        treatment.of(process);
        startIfDead();
    }

    /** Called again and again. */
    synchronized void look() throws IOException {
        if (!process.isAlive()) {
            ends++;
            startIfDead();
        }
    }

    /** How often it ended without being told to, for a person. */
    synchronized String ends() {
        return name + " ended " + ends + " times by itself";
    }

    private void startIfDead() throws IOException {
        if (!process.isAlive()) {
            process.start();
        }
    }

    @Override
    public synchronized void close() {
        process.close();
    }
}
