package com.sipstack.asterisk.allinone.doctor;

import com.sipstack.asterisk.allinone.ApiProxy;
import com.sipstack.asterisk.allinone.EnvFile;
import com.sipstack.asterisk.allinone.EnvTargets;
import com.sipstack.asterisk.allinone.Reason;
import com.sipstack.asterisk.allinone.SettingsException;
import com.sipstack.asterisk.model.Topics;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import okhttp3.HttpUrl;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What to look at. Options go before what the {@code .env} says. */
final class DoctorOptions {
    /** Where {@code sipstack run} has them unless told otherwise. */
    private static final int OWN_BROKER = 19_092;

    private static final int OWN_WORKER = 8_083;
    private static final int CONNECT_MS = 500;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Settings, as sipstack run has them. Default: .env if there is one, else the environment.")
    private Path envFile;

    @Option(
            names = "--ami",
            paramLabel = "HOST[:PORT]",
            description = "A PBX's manager interface. Its secret is AMI_PASSWORD, in the .env or the environment.")
    private String ami;

    @Option(names = "--ami-user", paramLabel = "NAME", description = "Who logs in there.")
    private String amiUser;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description =
                    "The brokers; goes before the file. Default: those of sipstack run, if it runs on this machine.")
    private String bootstrapServers;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties of the Kafka clients: SASL and TLS settings, and bootstrap.servers.")
    private Path commandConfig;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = Topics.DEFAULT_PREFIX,
            description = "What the topics' names begin with. Default: ${DEFAULT-VALUE}")
    private String topicPrefix;

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description =
                    "REST API of a Connect worker; once for each. Default: that of sipstack run, if it runs here.")
    private List<String> connect = new ArrayList<>();

    @Option(
            names = "--assembler",
            paramLabel = "URL",
            description = "Where an assembler serves /health and /ready (http.port); once for each.")
    private List<String> assembler = new ArrayList<>();

    /** All there is to look at. */
    EnvTargets env() throws SettingsException {
        return EnvTargets.of(variables());
    }

    /** What {@code sipstack run} would be started with; empty if there is nothing of it. */
    Optional<EnvTargets> settings() throws SettingsException {
        EnvTargets settings = EnvTargets.of(given());
        return envPath().isPresent() || !settings.isEmpty() ? Optional.of(settings) : Optional.empty();
    }

    /** Where the settings are from, for people. */
    String origin() {
        return envPath().map(Path::toString).orElse("the environment");
    }

    /** Variables of the file whose values Docker Compose would read otherwise than we do. */
    List<String> namesWithDollar() throws SettingsException {
        Optional<Path> file = envPath();
        return file.isPresent() ? EnvFile.namesWithDollar(file.get()) : List.of();
    }

    String topicPrefix() {
        return topicPrefix;
    }

    Secrets secrets() throws SettingsException {
        Map<String, String> addresses = new HashMap<>();
        for (HttpUrl url : urls("--connect", connect)) {
            addresses.put("password " + url, url.password());
        }
        return Secrets.of(List.of(variables(), properties(), addresses));
    }

    /** Properties of clients; empty if there is no broker to look at. */
    Optional<Map<String, String>> kafka() {
        Map<String, String> client = properties();
        if (bootstrapServers != null) {
            client.put("bootstrap.servers", bootstrapServers);
        } else if (!client.containsKey("bootstrap.servers") && isListening(OWN_BROKER)) {
            client.put("bootstrap.servers", "127.0.0.1:" + OWN_BROKER);
        }
        return client.containsKey("bootstrap.servers") ? Optional.of(client) : Optional.empty();
    }

    /** Workers of one cluster; empty if there is none to look at. */
    Optional<List<HttpUrl>> workers() {
        if (!connect.isEmpty()) {
            return Optional.of(urls("--connect", connect));
        }
        boolean isRun = bootstrapServers == null && commandConfig == null && isListening(OWN_BROKER);
        return isRun && isListening(OWN_WORKER)
                ? Optional.of(urls("--connect", List.of("http://127.0.0.1:" + OWN_WORKER)))
                : Optional.empty();
    }

    List<HttpUrl> assemblers() {
        return urls("--assembler", assembler);
    }

    private Map<String, String> variables() throws SettingsException {
        Map<String, String> variables = new HashMap<>(given());
        if (ami != null) {
            String[] parts = ami.split(":", 2);
            variables.put("AMI_HOST", parts[0]);
            variables.put("AMI_PORT", parts.length > 1 ? parts[1] : "5038");
            Optional.ofNullable(System.getenv("AMI_PASSWORD"))
                    .ifPresent(secret -> variables.putIfAbsent("AMI_PASSWORD", secret));
        }
        if (amiUser != null) {
            variables.put("AMI_USERNAME", amiUser);
        }
        return variables;
    }

    private Map<String, String> given() throws SettingsException {
        Optional<Path> file = envPath();
        return file.isPresent() ? ApiProxy.inherited(EnvFile.read(file.get()), System.getenv()) : System.getenv();
    }

    private Optional<Path> envPath() {
        if (envFile != null) {
            return Optional.of(envFile);
        }
        return Optional.of(Path.of(".env")).filter(Files::exists);
    }

    private Map<String, String> properties() {
        Properties read = new Properties();
        if (commandConfig != null) {
            try (Reader in = Files.newBufferedReader(commandConfig, StandardCharsets.UTF_8)) {
                read.load(in);
            } catch (IOException e) {
                throw new ParameterException(
                        command.commandLine(), "--command-config cannot be read: " + Reason.of(e), e);
            }
        }
        Map<String, String> properties = new HashMap<>();
        read.forEach((name, value) ->
                properties.put(name.toString(), value.toString().strip()));
        return properties;
    }

    private List<HttpUrl> urls(String option, List<String> texts) {
        List<HttpUrl> urls = new ArrayList<>();
        for (String text : texts) {
            HttpUrl url = HttpUrl.parse(text);
            if (url == null) {
                throw new ParameterException(
                        command.commandLine(), option + " must be an address such as http://connect-1:8083");
            }
            urls.add(url);
        }
        return urls;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
