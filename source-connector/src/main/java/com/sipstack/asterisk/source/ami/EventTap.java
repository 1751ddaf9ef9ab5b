package com.sipstack.asterisk.source.ami;

import com.sipstack.asterisk.source.ami.EventLines.Complete;
import com.sipstack.asterisk.source.ami.EventLines.NotOurs;
import com.sipstack.asterisk.source.ami.EventLines.Taken;
import com.sipstack.asterisk.source.ami.EventLines.TooLong;
import java.io.IOException;

/** Takes the events out of what a connection says, raw; the library gets the rest: greeting and answers. */
final class EventTap extends WrappedSocket {
    private final AmiSocket socket;
    private final Listener listener;
    private final EventLines lines = new EventLines();

    EventTap(AmiSocket socket, Listener listener) {
        super(socket.socket());
        this.socket = socket;
        this.listener = listener;
    }

    /** Called by the connection's reading thread: while it waits nothing more is read. */
    interface Listener {
        /** All that was said until now was taken. */
        void heard();

        /** No more will be read. */
        void broke(String reason);

        /** @throws IOException to end the connection */
        void event(AmiEvent event) throws IOException;

        /** An event that never ended. */
        void garbled(AmiEvent begun) throws IOException;
    }

    @Override
    public String readLine() throws IOException {
        try {
            String line = nextOfOthers();
            if (line == null) {
                listener.broke("the PBX closed the connection");
            }
            return line;
        } catch (IOException e) {
            listener.broke(e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            listener.broke("an event could not be taken: " + e);
            throw new IOException("an event could not be taken: " + e, e);
        }
    }

    private String nextOfOthers() throws IOException {
        for (String line = socket.readLine(); line != null; line = socket.readLine()) {
            Taken taken = lines.take(line);
            if (taken instanceof Complete complete) {
                listener.event(complete.event());
            } else if (taken instanceof TooLong tooLong) {
                listener.garbled(tooLong.begun());
            }
            listener.heard();
            if (taken instanceof NotOurs) {
                return line;
            }
        }
        return null;
    }
}
