package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.model.Pbx;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables of an incumbent's {@code .env}, and ours beside them. A blank value is as good as none. */
final class EnvSettings {
    /** Promised by the incumbents, not served yet: said at the start, so that nobody waits for what does not come. */
    private static final Set<String> NOT_YET = Set.of(
            "CDR_MAX_CONCURRENT_UPLOADS",
            "MONITORING_ENABLED",
            "MONITORING_PORT",
            "RECORDING_PATHS",
            "RECORDING_WATCH_PATHS",
            "RECORDING_FILE_EXTENSIONS",
            "RECORDING_DELETE_AFTER_UPLOAD",
            "VOICEMAIL_API_KEY");

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();

    EnvSettings(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * A PBX's tables and how to get at them.
     *
     * @param celTable empty if events are in a file
     * @param recordingTable empty if none lists recordings, as with most
     */
    record Database(
            String jdbcUrl,
            String user,
            String password,
            String cdrTable,
            String celTable,
            Optional<String> recordingTable) {}

    /** Where documents go. The region counts only without a URL. */
    record Api(String key, String region, Optional<String> url, Optional<Integer> timeoutSeconds) {}

    /** An HTTP proxy. User and password are empty where it asks for none. */
    record Proxy(String url, String user, String password) {}

    /**
     * All faults found while reading.
     *
     * @throws SettingsException if there are any
     */
    void requireNoFaults() throws SettingsException {
        if (!faults.isEmpty()) {
            throw new SettingsException(new ArrayList<>(new LinkedHashSet<>(faults)));
        }
    }

    /** Set variables that have no effect yet, sorted. */
    List<String> withoutEffect() {
        Set<String> set = new HashSet<>(NOT_YET);
        set.removeIf(name -> text(name).isEmpty());
        return set.stream().sorted().toList();
    }

    Database database() {
        String mode = celMode();
        if (text("DB_TYPE").isEmpty() && text("AMI_HOST").isPresent()) {
            faults.add("AMI_HOST: call data by AMI alone is not supported yet; set DB_TYPE and the other DB_ settings");
        } else if (!mode.equals("db") && !mode.equals("csv")) {
            faults.add("CEL_MODE: '" + mode + "' is not supported yet; set CEL_MODE=db or csv");
        }
        String type = required("DB_TYPE").toLowerCase(Locale.ROOT);
        String scheme = switch (type) {
            case "postgres", "postgresql", "pgsql" -> "postgresql";
            case "mysql", "mariadb" -> "mariadb";
            case "" -> "";
            default -> {
                faults.add("DB_TYPE: '" + type + "' should be mysql, mariadb or postgres");
                yield "";
            }
        };
        int port = number("DB_PORT", 1, 65_535).orElse(scheme.equals("postgresql") ? 5432 : 3306);
        String url =
                "jdbc:" + scheme + "://" + text("DB_HOST").orElse("localhost") + ":" + port + "/" + required("DB_NAME");
        return new Database(
                url,
                required("DB_USER"),
                text("DB_PASSWORD").orElse(""),
                text("DB_TABLE_CDR").orElse("cdr"),
                celFile().isPresent() ? "" : text("DB_TABLE_CEL").orElse("cel"),
                text("DB_TABLE_RECORDINGS"));
    }

    /** The file with channel events; empty if they are in a table. */
    Optional<String> celFile() {
        return celMode().equals("csv")
                ? text("CEL_CSV_PATH").or(() -> Optional.of("/var/log/asterisk/cel-custom/Master.csv"))
                : Optional.empty();
    }

    private String celMode() {
        return text("CEL_MODE").orElse("db").toLowerCase(Locale.ROOT);
    }

    Api api() {
        return new Api(
                required("API_KEY"),
                text("REGION").orElse("us1"),
                text("API_URL").or(() -> text("API_ENDPOINT")),
                number("API_TIMEOUT", 1, 3600));
    }

    /** The proxy on the way to the API, as all programs have it. */
    Optional<Proxy> proxy() {
        return text("HTTPS_PROXY").or(() -> text("https_proxy")).map(this::proxy);
    }

    private Proxy proxy(String text) {
        try {
            URI uri = new URI(text);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
                String[] credentials =
                        Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
                return new Proxy(
                        "http://" + uri.getHost() + ":" + uri.getPort(),
                        credentials[0],
                        credentials.length > 1 ? credentials[1] : "");
            }
        } catch (URISyntaxException e) {
            // Said below: the exception quotes the password
        }
        faults.add("HTTPS_PROXY: must be http://[user:password@]host:port");
        return new Proxy("", "", "");
    }

    /** The PBX's name for us: PBX, else made of HOST_HOSTNAME, else of this machine's name. */
    String pbx() {
        Optional<String> given = text("PBX");
        if (given.isPresent() && !Pbx.isName(given.get())) {
            faults.add("PBX: '" + given.get() + "' must be " + Pbx.NAME_RULE);
        }
        return given.orElseGet(() -> asPbxName(text("HOST_HOSTNAME").orElseGet(EnvSettings::machineName)));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    Optional<Integer> number(String name, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
            faults.add(name + ": " + number + " must be " + least + " to " + most);
        } catch (NumberFormatException e) {
            faults.add(name + ": '" + text.get() + "' must be a whole number");
        }
        return Optional.empty();
    }

    private String required(String name) {
        return text(name).orElseGet(() -> {
            faults.add(name + ": is missing");
            return "";
        });
    }

    private static String asPbxName(String hostname) {
        String name = hostname.replaceAll("[^A-Za-z0-9._-]", "-");
        return name.length() > 64 ? name.substring(0, 64) : name;
    }

    private static String machineName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "pbx";
        }
    }
}
