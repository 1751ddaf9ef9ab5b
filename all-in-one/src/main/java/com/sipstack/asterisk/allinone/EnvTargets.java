package com.sipstack.asterisk.allinone;

import com.sipstack.asterisk.allinone.EnvSettings.Api;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an {@code .env} names that one can look at. What it does not name is empty, whatever {@code run} would say to that. */
public final class EnvTargets {
    private static final List<String> TELLTALES =
            List.of("DB_TYPE", "AMI_HOST", "AMI_USERNAME", "CEL_CSV_PATH", "CDR_CSV_PATH", "API_KEY");

    private final EnvSettings settings;
    private final List<String> faults;
    private final List<String> misspelt;

    private EnvTargets(Map<String, String> variables) {
        this.settings = new EnvSettings(variables);
        EnvSettings asked = new EnvSettings(variables);
        this.faults = faults(asked);
        this.misspelt = asked.misspelt();
    }

    public static EnvTargets of(Map<String, String> variables) {
        return new EnvTargets(variables);
    }

    /**
     * A PBX's tables.
     *
     * @param cdrTable empty if CDRs are elsewhere
     * @param celTable empty if channel events are elsewhere
     * @param timezone as it was set; empty or {@code auto} if the rows are to tell it
     */
    public record Tables(
            String jdbcUrl,
            String user,
            String password,
            Optional<String> cdrTable,
            Optional<String> celTable,
            Optional<String> timezone) {}

    /** Where a kind of rows comes from. */
    public enum RowsFrom {
        DATABASE,
        FILE,
        MANAGER
    }

    /**
     * A PBX's manager interface.
     *
     * @param authorities PEM file; empty for those that Java trusts
     */
    public record Manager(
            String host,
            int port,
            String user,
            String secret,
            boolean isEncrypted,
            Optional<Path> authorities,
            RowsFrom cdrs,
            RowsFrom events) {}

    /** A file that Asterisk writes rows to. */
    public record RowFile(Path path, boolean holdsEvents) {}

    /**
     * Folders with recordings.
     *
     * @param user the user's number that the reading process will have; empty for that of this one
     * @param isEmptied whether recordings are moved or deleted there once they were shipped
     */
    public record Recordings(List<Path> folders, Optional<Integer> user, Optional<Integer> group, boolean isEmptied) {
        public Recordings {
            folders = List.copyOf(folders);
        }
    }

    /**
     * SIPSTACK's API.
     *
     * @param url ends in {@code /v1}
     * @param key empty if none was given
     * @param proxy {@code http://host:port}; user and password are empty where it asks for none
     * @param authorities PEM file with certificates that are trusted as well
     */
    public record Service(
            String url,
            String key,
            Optional<String> proxy,
            String proxyUser,
            String proxyPassword,
            Optional<Path> authorities) {}

    /** Whether anything of ours is set. */
    public boolean isEmpty() {
        return TELLTALES.stream().allMatch(name -> settings.text(name).isEmpty());
    }

    /** For what {@code run} would refuse to start, a line each. */
    public List<String> faults() {
        return faults;
    }

    /** For set variables whose names seem to have a typing error, a line each. */
    public List<String> misspelt() {
        return misspelt;
    }

    private static List<String> faults(EnvSettings settings) {
        try {
            Deployment.of(settings).requireAssembler();
            return List.of();
        } catch (SettingsException e) {
            return e.faults();
        }
    }

    /** For set variables of earlier connectors that have no effect, a line each with the reason. */
    public List<String> withoutEffect() {
        return settings.withoutEffect();
    }

    public Optional<Tables> tables() {
        if (settings.text("DB_TYPE").isEmpty()) {
            return Optional.empty();
        }
        return settings.database()
                .filter(database -> !database.jdbcUrl().startsWith("jdbc::"))
                .map(database -> new Tables(
                        database.jdbcUrl(),
                        database.user(),
                        database.password(),
                        nonEmpty(database.cdrTable()),
                        nonEmpty(database.celTable()),
                        timezone()));
    }

    /** As it was set; empty or {@code auto} if the rows are to tell it. */
    public Optional<String> timezone() {
        return settings.text("TIMEZONE");
    }

    public Optional<Manager> manager() {
        if (settings.text("AMI_HOST").isEmpty() && settings.text("AMI_USERNAME").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Manager(
                settings.text("AMI_HOST").orElse("localhost"),
                settings.number("AMI_PORT", 1, 65_535).orElse(5038),
                settings.text("AMI_USERNAME").orElse(""),
                settings.text("AMI_PASSWORD").orElse(""),
                settings.text("AMI_TLS").filter("true"::equalsIgnoreCase).isPresent(),
                settings.text("AMI_CA_FILE").map(Path::of),
                cdrs(),
                events()));
    }

    public List<RowFile> files() {
        List<RowFile> files = new ArrayList<>();
        if (events() == RowsFrom.FILE) {
            settings.celFile()
                    .or(() -> settings.text("CEL_CSV_PATH"))
                    .ifPresent(path -> files.add(new RowFile(Path.of(path), true)));
        }
        if (cdrs() == RowsFrom.FILE) {
            settings.text("CDR_CSV_PATH").ifPresent(path -> files.add(new RowFile(Path.of(path), false)));
        }
        return files;
    }

    /** As {@code run} would take them: the usual folder, too, if anything of ours is set. */
    public Optional<Recordings> recordings() {
        return recordings(com.sipstack.asterisk.allinone.Recordings.USUAL_FOLDER);
    }

    Optional<Recordings> recordings(Path usual) {
        boolean isNamed = Stream.of("RECORDING_PATHS", "RECORDING_WATCH_PATHS")
                .anyMatch(name -> settings.text(name).isPresent());
        return isNamed || !isEmpty() ? taken(usual) : Optional.empty();
    }

    private Optional<Recordings> taken(Path usual) {
        return com.sipstack.asterisk.allinone.Recordings.of(settings, usual, Map.of())
                .map(found -> new Recordings(
                        Stream.of(com.sipstack.asterisk.allinone.Recordings.withoutPatterns(found.folders())
                                        .split(",", -1))
                                .filter(path -> !path.isEmpty())
                                .map(Path::of)
                                .toList(),
                        settings.number("PUID", 0, Integer.MAX_VALUE),
                        settings.number("PGID", 0, Integer.MAX_VALUE),
                        !found.isKept()));
    }

    public Optional<Service> service() {
        boolean isNamed = Stream.of("API_KEY", "API_URL", "API_ENDPOINT", "REGION")
                .anyMatch(name -> settings.text(name).isPresent());
        return isNamed ? Optional.of(service(settings.api())) : Optional.empty();
    }

    private Service service(Api api) {
        Optional<ApiProxy> proxy = settings.proxy();
        return new Service(
                api.address(),
                api.key(),
                proxy.map(ApiProxy::url).filter(url -> !url.isEmpty()),
                proxy.map(ApiProxy::user).orElse(""),
                proxy.map(ApiProxy::password).orElse(""),
                settings.text("API_CA_FILE").map(Path::of));
    }

    private RowsFrom cdrs() {
        if (settings.text("DB_TYPE").isPresent()) {
            return RowsFrom.DATABASE;
        }
        return settings.text("CDR_CSV_PATH").isPresent() ? RowsFrom.FILE : RowsFrom.MANAGER;
    }

    private RowsFrom events() {
        return switch (settings.text("CEL_MODE").orElse("").toLowerCase(Locale.ROOT)) {
            case "db" -> RowsFrom.DATABASE;
            case "csv" -> RowsFrom.FILE;
            case "ami" -> RowsFrom.MANAGER;
            default ->
                settings.text("DB_TYPE").isEmpty()
                                && settings.text("CEL_CSV_PATH").isPresent()
                        ? RowsFrom.FILE
                        : cdrs();
        };
    }

    private static Optional<String> nonEmpty(String text) {
        return Optional.of(text).filter(name -> !name.isEmpty());
    }
}
