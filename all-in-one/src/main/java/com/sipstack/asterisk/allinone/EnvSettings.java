package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.model.Pbx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;

/** The variables of an incumbent's {@code .env}, and ours beside them. A blank value is as good as none. */
public final class EnvSettings {
    private static final String CDR_CSV_PATH = "CDR_CSV_PATH";

    private final Map<String, String> variables;
    private final List<String> faults = new ArrayList<>();
    /** Names that were looked for, whether they are set or not. */
    private final Set<String> asked = new TreeSet<>();

    public EnvSettings(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** Where a kind of rows comes from. */
    private enum RowsFrom {
        DB,
        CSV,
        AMI
    }

    /**
     * A PBX's tables and how to get at them.
     *
     * @param cdrTable empty if CDRs are elsewhere
     * @param celTable empty if events are elsewhere
     * @param recordingTable empty if none lists recordings, as with most
     */
    record Database(
            String jdbcUrl,
            String user,
            String password,
            String cdrTable,
            String celTable,
            Optional<String> recordingTable) {}

    /**
     * A PBX's manager interface and how to get at it.
     *
     * @param authorities PEM file; empty for those that Java trusts
     * @param kinds what to take of it, as in the connector's {@code ami.events}
     */
    record ManagerInterface(
            String host,
            int port,
            String user,
            String secret,
            boolean isEncrypted,
            Optional<String> authorities,
            List<String> kinds) {
        ManagerInterface {
            kinds = List.copyOf(kinds);
        }
    }

    /** Where documents go. The region counts only without a URL. */
    record Api(String key, String region, Optional<String> url, Optional<Integer> timeoutSeconds) {
        /** The URL, the region's if none was given. */
        String address() {
            return url.orElse("https://api-" + region + ".sipstack.com/v1");
        }
    }

    /** The address of {@code /metrics}, {@code /health} and {@code /ready}. */
    record Monitoring(String host, int port) {
        static final int USUAL_PORT = 8000;
    }

    /** The address of the page that shows calls. */
    record ConsolePage(String host, int port) {
        static final int USUAL_PORT = 8010;
    }

    /**
     * All faults found while reading.
     *
     * @throws SettingsException if there are any
     */
    public void requireNoFaults() throws SettingsException {
        if (!faults.isEmpty()) {
            throw new SettingsException(new ArrayList<>(new LinkedHashSet<>(faults)));
        }
    }

    /** A line for each set variable that earlier connectors knew and that has no effect here, so that nobody waits for one. */
    List<String> withoutEffect() {
        return variables.keySet().stream()
                .filter(name -> text(variables, name).isPresent())
                .sorted()
                .flatMap(name ->
                        WithoutEffect.reason(name).map(reason -> name + " has no effect here: " + reason).stream())
                .toList();
    }

    /** A line for each set variable that nobody asked for, but for one of nearly that name, which is not set. */
    List<String> misspelt() {
        Set<String> missing = new TreeSet<>(asked);
        missing.removeIf(name -> text(variables, name).isPresent());
        return variables.keySet().stream()
                .filter(written -> !asked.contains(written)
                        && WithoutEffect.reason(written).isEmpty()
                        && text(variables, written).isPresent())
                .sorted()
                .flatMap(written -> Misspelling.of(missing, written).stream())
                .toList();
    }

    /** A PBX's database; empty if neither CDRs nor channel events are read from one. */
    Optional<Database> database() {
        return cdrMode() == RowsFrom.DB || celMode() == RowsFrom.DB ? Optional.of(databaseInUse()) : Optional.empty();
    }

    private Database databaseInUse() {
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
        String url = "jdbc:" + scheme + "://" + inAddress(host("DB_HOST")) + ":" + port + "/" + required("DB_NAME");
        return new Database(
                url,
                required("DB_USER"),
                text("DB_PASSWORD").orElse(""),
                cdrMode() == RowsFrom.DB ? text("DB_TABLE_CDR").orElse("cdr") : "",
                celMode() == RowsFrom.DB ? text("DB_TABLE_CEL").orElse("cel") : "",
                text("DB_TABLE_RECORDINGS"));
    }

    /** The file with channel events; empty if they are elsewhere. */
    Optional<String> celFile() {
        return celMode() == RowsFrom.CSV
                ? text("CEL_CSV_PATH").or(() -> Optional.of("/var/log/asterisk/cel-custom/Master.csv"))
                : Optional.empty();
    }

    /** The file with CDRs; empty if they are elsewhere. */
    Optional<String> cdrFile() {
        return cdrMode() == RowsFrom.CSV ? text(CDR_CSV_PATH) : Optional.empty();
    }

    /** A PBX's manager interface; empty if neither CDRs nor channel events are heard there. */
    Optional<ManagerInterface> managerInterface() {
        List<String> kinds = new ArrayList<>();
        if (cdrMode() == RowsFrom.AMI) {
            kinds.add("cdr");
        }
        if (celMode() == RowsFrom.AMI) {
            kinds.addAll(List.of("cel", "hold"));
        }
        return kinds.isEmpty() ? Optional.empty() : Optional.of(managerInterface(kinds));
    }

    private ManagerInterface managerInterface(List<String> kinds) {
        return new ManagerInterface(
                host("AMI_HOST"),
                number("AMI_PORT", 1, 65_535).orElse(5038),
                required("AMI_USERNAME"),
                required("AMI_PASSWORD"),
                isOn("AMI_TLS"),
                text("AMI_CA_FILE"),
                kinds);
    }

    /** Beside a database, CDRs are nowhere else; without one, a file or the manager interface has them. */
    private RowsFrom cdrMode() {
        boolean hasFile = text(CDR_CSV_PATH).isPresent();
        if (text("DB_TYPE").isPresent()) {
            if (hasFile) {
                faults.add(CDR_CSV_PATH + ": CDRs are read from the database already; leave out this or DB_TYPE");
            }
            return RowsFrom.DB;
        }
        return hasFile ? RowsFrom.CSV : hasManager() ? RowsFrom.AMI : RowsFrom.DB;
    }

    private RowsFrom celMode() {
        return text("CEL_MODE").map(this::celMode).orElseGet(() -> {
            // An .env without a mode: channel events come the way CDRs do
            return text("DB_TYPE").isEmpty() && text("CEL_CSV_PATH").isPresent() ? RowsFrom.CSV : cdrMode();
        });
    }

    private RowsFrom celMode(String mode) {
        try {
            return RowsFrom.valueOf(mode.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            faults.add("CEL_MODE: '" + mode + "' must be db, csv or ami");
            return RowsFrom.DB;
        }
    }

    /**
     * How raw records are shipped; empty if they are not. The earlier connector to the manager interface shipped them unless it was told
     * otherwise, and so does an {@code .env} of it.
     */
    Optional<String> rawMode() {
        boolean isOfAmi = cdrMode() == RowsFrom.AMI
                && celMode() == RowsFrom.AMI
                && text("CEL_MODE").isEmpty();
        return text("CDR_MODE")
                .or(() -> isOfAmi ? Optional.of("batch") : Optional.empty())
                .filter(mode -> !mode.equalsIgnoreCase("none"));
    }

    private boolean hasManager() {
        return text("AMI_HOST").isPresent() || text("AMI_USERNAME").isPresent();
    }

    /** Whether it is {@code true}; false if it is not set. */
    public boolean isOn(String name) {
        return isOn(name, false);
    }

    private boolean isOn(String name, boolean isUsual) {
        String text = text(name).orElse(Boolean.toString(isUsual)).toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            faults.add(name + ": '" + text + "' must be true or false");
        }
        return text.equals("true");
    }

    Api api() {
        return new Api(
                required("API_KEY"),
                text("REGION").orElse("us1"),
                text("API_URL").or(() -> text("API_ENDPOINT")),
                number("API_TIMEOUT", 1, 3600));
    }

    /** Where health and metrics are served; empty if they are not wanted. */
    Optional<Monitoring> monitoring() {
        Monitoring monitoring = new Monitoring(
                text("MONITORING_HOST").orElse("127.0.0.1"),
                number("MONITORING_PORT", 1, 65_535).orElse(Monitoring.USUAL_PORT));
        return isOn("MONITORING_ENABLED", true) ? Optional.of(monitoring) : Optional.empty();
    }

    /** Where the console is served; empty if it is not wanted. */
    Optional<ConsolePage> console() {
        ConsolePage page = new ConsolePage(
                text("CONSOLE_HOST").orElse("127.0.0.1"),
                number("CONSOLE_PORT", 1, 65_535).orElse(ConsolePage.USUAL_PORT));
        return isOn("CONSOLE_ENABLED", true) ? Optional.of(page) : Optional.empty();
    }

    /** The proxy on the way to the API, as all programs have it; empty where NO_PROXY names the API. */
    Optional<ApiProxy> proxy() {
        return text("HTTPS_PROXY")
                .or(() -> text("https_proxy"))
                .filter(proxy -> !isDirect())
                .map(this::proxy);
    }

    private boolean isDirect() {
        HttpUrl url = HttpUrl.parse(api().address());
        return url != null
                && text("NO_PROXY")
                        .or(() -> text("no_proxy"))
                        .filter(list -> NoProxy.covers(list, url))
                        .isPresent();
    }

    private ApiProxy proxy(String text) {
        return ApiProxy.parse(text).orElseGet(() -> {
            faults.add("HTTPS_PROXY: must be http://[user:password@]host:port");
            return ApiProxy.NONE;
        });
    }

    /** The PBX's name for us: PBX, else made of HOST_HOSTNAME, else of this machine's name. */
    String pbx() {
        Optional<String> given = text("PBX");
        if (given.isPresent() && !Pbx.isName(given.get())) {
            faults.add("PBX: '" + given.get() + "' must be " + Pbx.NAME_RULE);
        }
        return given.orElseGet(() -> asPbxName(text("HOST_HOSTNAME").orElseGet(EnvSettings::machineName)));
    }

    public Optional<String> text(String name) {
        asked.add(name);
        return text(variables, name);
    }

    private static Optional<String> text(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    public Optional<Integer> number(String name, int least, int most) {
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

    /** A machine's name or address alone. What is wrong may be a whole URL, with a password in it, and is not quoted. */
    private String host(String name) {
        String host = text(name).orElse("localhost");
        boolean isNameWithPort = host.contains(":") && host.indexOf(':') == host.lastIndexOf(':');
        boolean hasPort = isNameWithPort || host.contains("]:");
        if (hasPort || host.contains("/")) {
            faults.add(name + ": must be a host's name or address alone; the port is " + name.replace("HOST", "PORT"));
        }
        return host;
    }

    /** A host as it stands before a port: an IPv6 address in brackets. */
    private static String inAddress(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
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
