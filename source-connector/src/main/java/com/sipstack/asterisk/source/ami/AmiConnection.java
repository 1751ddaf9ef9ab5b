package com.sipstack.asterisk.source.ami;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.LoginAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.internal.ManagerConnectionImpl;
import org.asteriskjava.manager.response.CommandResponse;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.SocketConnectionFacade;

/**
 * One session with a manager interface. It never comes back by itself: whoever opened it is told of its end and opens another.
 * The library's own reconnection would not tell us what was missed.
 */
final class AmiConnection extends ManagerConnectionImpl {
    /** Classes of events that hold CEL, Hold and Unhold (call) and CDRs (cdr). */
    private static final String EVENTS = "call,cdr";

    private final AmiLogin login;
    private final EventTap.Listener listener;
    private final Runnable onEnd;

    /** @param onEnd called at most once, by any thread, after a login that succeeded */
    AmiConnection(AmiLogin login, EventTap.Listener listener, Runnable onEnd) {
        this.login = login;
        this.listener = listener;
        this.onEnd = onEnd;
        setHostname(login.host());
        setPort(login.port());
        setUsername(login.user());
        setPassword(login.secret().value());
        setDefaultResponseTimeout(login.connectTimeout().toMillis());
    }

    /**
     * Connects and logs in; from then on the listener hears events.
     *
     * @throws RefusedException if the PBX does not let this user in
     */
    void open() throws IOException {
        try {
            login(EVENTS);
        } catch (AuthenticationFailedException e) {
            disconnect();
            throw refusal(e);
        } catch (TimeoutException e) {
            disconnect();
            throw new IOException("it does not answer like a manager interface: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            disconnect();
            throw e;
        }
    }

    /** @throws IOException if no answer came: the connection is dead */
    void ping() throws IOException {
        send(new PingAction());
    }

    /** What the PBX prints; empty if the user may not give commands. */
    Optional<List<String>> command(String command) throws IOException {
        ManagerResponse response = send(new CommandAction(command));
        return response instanceof CommandResponse answer && !(response instanceof ManagerError)
                ? Optional.of(answer.getResult())
                : Optional.empty();
    }

    /** Ends the session, without a word. */
    void close() {
        state = ManagerConnectionState.DISCONNECTED;
        disconnect();
    }

    @Override
    protected SocketConnectionFacade createSocket() throws IOException {
        return new EventTap(AmiSocket.connect(login), listener);
    }

    @Override
    protected void doLogin(long timeout, String eventMask)
            throws IOException, AuthenticationFailedException, TimeoutException {
        super.doLogin(timeout, eventMask);
    }

    /** Nothing that we ask for depends on it, and to ask takes a privilege and, without it, seconds. */
    @Override
    protected AsteriskVersion determineVersion() {
        return AsteriskVersion.DEFAULT_VERSION;
    }

    @Override
    public void dispatchEvent(ManagerEvent event, Integer requiredHandlingTime) {
        boolean isEnd = event instanceof DisconnectEvent;
        boolean wasOpen = isEnd && end();
        // In a state other than connected, the library wakes those who wait for answers and leaves it at that
        super.dispatchEvent(event, requiredHandlingTime);
        if (wasOpen) {
            onEnd.run();
        }
    }
}
