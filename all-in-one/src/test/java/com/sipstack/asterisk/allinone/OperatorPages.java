package com.sipstack.asterisk.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code sipstack run} serves to operators, and what our manifests and documents say of it. */
final class OperatorPages {
    private static final Path ROOT = Path.of("..");
    /** A name of ours, of Kafka's or of the JVM's, as expressions have them. */
    private static final Pattern NAME = Pattern.compile("\\b(?:sipstack|kafka|jvm)_[a-z0-9_]+\\b");

    private static final Pattern HEALTH_CHECK = Pattern.compile("HEALTHCHECK [^\\[]* CMD (\\[.*])");
    private static final Pattern SAMPLE = Pattern.compile("^([a-z][a-z0-9_]*)[ {]", Pattern.MULTILINE);

    private final int port;

    OperatorPages(int port) {
        this.port = port;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** What the health check of our Dockerfile ends with. */
    int containersHealthCheck() throws IOException, InterruptedException {
        return containersHealthCheck(port, "True");
    }

    static int containersHealthCheck(int port, String isMonitored) throws IOException, InterruptedException {
        Matcher check = HEALTH_CHECK.matcher(Files.readString(ROOT.resolve("Dockerfile")));
        assertThat(check.find()).isTrue();
        ProcessBuilder process = new ProcessBuilder(new ObjectMapper().readValue(check.group(1), String[].class));
        process.environment().put("MONITORING_PORT", Integer.toString(port));
        process.environment().put("MONITORING_ENABLED", isMonitored);
        return process.start().waitFor();
    }

    /** The names of all samples of a scrape. */
    Set<String> scrapedNames() throws IOException, InterruptedException {
        return SAMPLE.matcher(get("/metrics").body())
                .results()
                .map(sample -> sample.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those of ours, a histogram's parts left out. */
    static List<String> ours(Set<String> names) {
        return names.stream()
                .filter(name -> name.startsWith("sipstack_") && !name.matches(".*_(bucket|sum|count|max)"))
                .toList();
    }

    /** The metrics that a file in the project names. */
    static Set<String> namesIn(String file) throws IOException {
        return names(Files.readString(ROOT.resolve(file)));
    }

    /** The metrics that a group of our alert rules looks at. */
    static Set<String> alertedIn(String group) throws IOException {
        return Arrays.stream(Files.readString(ROOT.resolve("manifests/prometheus/alerts.yml"))
                        .split("\\n {2}- name: ", -1))
                .filter(rules -> rules.startsWith(group + "\n"))
                .findFirst()
                .map(OperatorPages::names)
                .orElseThrow();
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
