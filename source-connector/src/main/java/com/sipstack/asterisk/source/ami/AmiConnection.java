package com.sipstack.asterisk.source.ami;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.AsteriskVersion;
import org.asteriskjava.manager.AuthenticationFailedException;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.SendActionCallback;
import org.asteriskjava.manager.TimeoutException;
import org.asteriskjava.manager.action.ChallengeAction;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.LoginAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.event.DisconnectEvent;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.internal.ManagerConnectionImpl;
import org.asteriskjava.manager.response.ChallengeResponse;
import org.asteriskjava.manager.response.CommandResponse;
import org.asteriskjava.manager.response.ManagerError;
import org.asteriskjava.manager.response.ManagerResponse;
import org.asteriskjava.util.SocketConnectionFacade;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a manager interface. It never comes back by itself: whoever opened it is told of its end and opens another.
 * The library's own reconnection would not tell us what was missed.
 */
final class AmiConnection extends ManagerConnectionImpl {
    private static final SendActionCallback NOBODY_WAITS = response -> {};
    private static final Logger LOG = LoggerFactory.getLogger(AmiConnection.class);

    private final AmiLogin login;
    private final String classes;
    private final EventTap.Listener listener;
    private final Runnable onEnd;
    /** Null until the host answered. */
    private volatile EventTap socket;

    /** @param onEnd called at most once, by any thread, after a login that succeeded */
    AmiConnection(AmiPbx pbx, EventTap.Listener listener, Runnable onEnd) {
        this.login = pbx.login();
        this.classes = String.join(",", pbx.classes());
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
            login(classes);
        } catch (AuthenticationFailedException e) {
            close();
            throw refusal(e);
        } catch (TimeoutException e) {
            close();
            throw new IOException("it does not answer like a manager interface: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Asks for a sign of life; the answer, like all that is read, keeps the read timeout from running out. */
    void ping() throws IOException {
        sendAction(new PingAction(), NOBODY_WAITS);
    }

    /** What the PBX prints; empty if the user may not give commands. */
    Optional<List<String>> command(String command) throws IOException {
        ManagerResponse response = send(new CommandAction(command));
        return response instanceof CommandResponse answer && !(response instanceof ManagerError)
                ? Optional.of(answer.getResult())
                : Optional.empty();
    }

    /** Ends the session, without a word; any thread may. Whoever is in the middle of logging in fails. */
    void close() {
        state = ManagerConnectionState.DISCONNECTED;
        hangUp();
    }

    /** Ends the session as a broken line does: its reading thread notices, once it reads on, and whoever opened it is told. */
    void hangUp() {
        EventTap open = socket;
        if (open != null) {
            closeQuietly(open);
        }
    }

    private static void closeQuietly(EventTap open) {
        try {
            open.close();
        } catch (IOException e) {
            LOG.debug("a connection that was given up could not be closed", e);
        }
    }

    @Override
    protected SocketConnectionFacade createSocket() throws IOException {
        socket = new EventTap(AmiSocket.connect(login), listener);
        return socket;
    }

    /** Nothing that we ask for depends on it, and to ask takes a privilege and, without it, seconds. */
    @Override
    protected AsteriskVersion determineVersion() {
        return AsteriskVersion.DEFAULT_VERSION;
    }

    /** The library knows only the login with a challenge. */
    @Override
    public ManagerResponse sendAction(ManagerAction action) throws IOException, TimeoutException {
        if (login.isPlain() && action instanceof ChallengeAction) {
            ChallengeResponse none = new ChallengeResponse();
            none.setChallenge("");
            return none;
        }
        return super.sendAction(login.isPlain() && action instanceof LoginAction ? plainLogin() : action);
    }

    @Override
    public void dispatchEvent(ManagerEvent event, Integer requiredHandlingTime) {
        boolean wasOpen = event instanceof DisconnectEvent && state == ManagerConnectionState.CONNECTED;
        if (wasOpen) {
            close();
        }
        // In any other state than connected the library wakes those who wait for answers, and leaves it at that
        super.dispatchEvent(event, requiredHandlingTime);
        if (wasOpen) {
            onEnd.run();
        }
    }

    private LoginAction plainLogin() {
        LoginAction action = new LoginAction(login.user(), login.secret().value());
        action.setEvents(classes);
        return action;
    }

    private ManagerResponse send(ManagerAction action) throws IOException {
        try {
            return sendAction(action);
        } catch (TimeoutException | IllegalStateException e) {
            throw new IOException("no answer to " + action.getAction() + ": " + e.getMessage(), e);
        }
    }

    /** A fault on the way has a cause; an answer has none. */
    private IOException refusal(AuthenticationFailedException e) {
        return e.getCause() == null
                ? new AmiRefusal(
                        AmiSettings.USER,
                        "login of " + login.user() + " at the " + login.place() + " was refused: " + e.getMessage()
                                + "; name and secret must be those of a section of manager.conf that permits this host")
                : new IOException(e.getMessage() + ": " + e.getCause().getMessage(), e);
    }
}
