package com.sipstack.asterisk.allinone.faultlab;

import com.sipstack.asterisk.embedded.EmbeddedBroker;
import java.nio.file.Path;

/** A broker as a program: its directory and its port. */
final class LabBroker {
    private LabBroker() {}

    public static void main(String[] args) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
    }
}
