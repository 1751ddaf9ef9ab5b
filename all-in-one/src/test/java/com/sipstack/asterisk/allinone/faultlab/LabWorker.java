package com.sipstack.asterisk.allinone.faultlab;

import com.sipstack.asterisk.embedded.EmbeddedWorker;
import java.util.Map;

/** A worker as a program: its broker and the port of its REST API. Connectors are on its class path. */
final class LabWorker {
    private LabWorker() {}

    public static void main(String[] args) throws Exception {
        EmbeddedWorker worker = EmbeddedWorker.start(args[0], Integer.parseInt(args[1]), Map.of());
        Runtime.getRuntime().addShutdownHook(new Thread(worker::close, "stop"));
    }
}
