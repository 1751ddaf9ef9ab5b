package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.EnvTargets.Manager;
import com.sipstack.asterisk.allinone.EnvTargets.RowsFrom;
import com.sipstack.asterisk.allinone.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Asks a PBX about itself, by its manager interface: whom it lets in, and what it writes of calls, and where. */
final class AsteriskCheck implements Check {
    private static final String READS = "read perm:";

    private final Manager target;

    AsteriskCheck(Manager target) {
        this.target = target;
    }

    @Override
    public Area area() {
        return Area.ASTERISK;
    }

    @Override
    public void run(Findings out) {
        try (AmiClient client = AmiClient.connect(target)) {
            if (logIn(client, out) && mayAsk(client, out)) {
                askAboutCdrs(client, out);
                new CelStatus(client.command("cel show status").orElse(List.of()), target.events())
                        .tell(out.in(Area.CEL));
            }
        } catch (IOException e) {
            out.error(place() + ": " + problem(e), remedy(e));
        }
    }

    private boolean logIn(AmiClient client, Findings out) throws IOException {
        AmiClient.Answer answer = client.login(target.user(), target.secret());
        if (!answer.isSuccess()) {
            out.error(
                    place() + " lets " + target.user() + " not in: " + answer.message(),
                    "The name in brackets, the secret, or this machine's address (permit=) is another in manager.conf.\n"
                            + AsteriskConfiguration.manager(target.user()));
            return false;
        }
        out.ok("logged in as " + target.user() + " at " + place() + ", protocol " + client.version());
        return true;
    }

    private boolean mayAsk(AmiClient client, Findings out) throws IOException {
        Optional<List<String>> user = client.command("manager show user " + target.user());
        if (user.isEmpty()) {
            out.warning(
                    target.user() + " may give no commands, so what Asterisk writes of calls cannot be looked at",
                    "Add command to write=, here or for a user of the doctor's own (--ami-user), or ask Asterisk yourself:\n"
                            + "asterisk -rx \"cdr show status\"; asterisk -rx \"cel show status\"\n"
                            + AsteriskConfiguration.manager(target.user()));
            return false;
        }
        checkReads(user.get(), out);
        return true;
    }

    private void checkReads(List<String> user, Findings out) {
        Set<String> reads = user.stream()
                .map(String::strip)
                .filter(line -> line.startsWith(READS))
                .flatMap(line -> Arrays.stream(line.substring(READS.length()).split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toSet());
        needRead(target.cdrs(), "cdr", "CDRs", reads, out);
        needRead(target.events(), "call", "channel events", reads, out);
    }

    private void needRead(RowsFrom from, String privilege, String rows, Set<String> reads, Findings out) {
        if (from == RowsFrom.MANAGER && !reads.contains(privilege) && !reads.contains("all")) {
            out.error(
                    target.user() + " may not read class " + privilege + ", and gets no " + rows,
                    AsteriskConfiguration.manager(target.user()));
        }
    }

    private void askAboutCdrs(AmiClient client, Findings out) throws IOException {
        CdrStatus status = new CdrStatus(client.command("cdr show status").orElse(List.of()), target.cdrs());
        status.tell(out);
        if (target.cdrs() != RowsFrom.MANAGER) {
            return;
        }
        if (status.hasManager()) {
            checkMappings(client.ask("GetConfig", Map.of("Filename", "cdr_manager.conf")), out);
        } else {
            List<String> modules =
                    client.command("module show like cdr_manager").orElse(List.of());
            boolean isLoaded = modules.stream().anyMatch(line -> line.startsWith("cdr_manager.so"));
            out.error(
                    isLoaded
                            ? "cdr_manager.so is loaded and writes nothing: it is not enabled in its file"
                            : "cdr_manager.so is not loaded: Asterisk sends no CDRs here",
                    AsteriskConfiguration.CDR_MANAGER);
        }
    }

    /** Asterisk shows its files to users with {@code write = config} alone; others have to look themselves. */
    private void checkMappings(AmiClient.Answer file, Findings out) {
        if (!file.isSuccess()) {
            out.note(
                    "whether CDRs come with linkedid and sequence cannot be seen (" + file.message() + ")",
                    "Without linkedid the legs of a call stay calls of their own. These mappings must be there:\n"
                            + AsteriskConfiguration.CDR_MANAGER);
            return;
        }
        String lines = String.join("\n", file.lines()).toLowerCase(Locale.ROOT);
        if (!lines.matches("(?s).*: *linkedid=.*")) {
            out.error(
                    "cdr_manager.conf does not map linkedid: the legs of a call stay calls of their own",
                    AsteriskConfiguration.CDR_MANAGER);
        } else if (!lines.matches("(?s).*: *sequence=.*")) {
            out.warning(
                    "cdr_manager.conf does not map sequence: legs that began in the same second can be taken for one",
                    AsteriskConfiguration.CDR_MANAGER);
        } else {
            out.ok("CDRs come with linkedid and sequence");
        }
    }

    private String place() {
        return target.host() + ":" + target.port();
    }

    private static String problem(IOException fault) {
        if (fault instanceof UnknownHostException) {
            return "there is no host of this name";
        } else if (fault instanceof SocketTimeoutException) {
            return "no answer";
        } else if (fault instanceof AmiClient.StrangerException) {
            return "what answers there is no manager interface: '" + fault.getMessage() + "'";
        }
        return Reason.of(fault);
    }

    private String remedy(IOException fault) {
        if (fault instanceof UnknownHostException) {
            return "Set AMI_HOST to the PBX's name or address.";
        } else if (fault instanceof SSLException) {
            return "AMI_TLS asks for TLS: set AMI_PORT to Asterisk's tlsbindaddr port, and AMI_CA_FILE to the certificate if Asterisk"
                    + " made its own.";
        } else if (fault instanceof ConnectException || fault instanceof SocketTimeoutException) {
            return "Is Asterisk running, the interface switched on, and port " + target.port()
                    + " open in firewalls? asterisk -rx \"manager show settings\" tells.\n"
                    + AsteriskConfiguration.manager(target.user());
        }
        return "Another program may have this port, or Asterisk has more sessions than it allows (authlimit).";
    }
}
