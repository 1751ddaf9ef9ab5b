package com.sipstack.asterisk.allinone;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code .env} files by the rules of Docker Compose, by which the incumbents' users wrote them: a comment begins at a line's
 * start or after white space, quotes keep everything inside. One rule is left out: nothing takes the place of a {@code $}. Libraries
 * for Java cut a password at its first {@code #}, which is why there is none here.
 */
public final class EnvFile {
    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");
    private static final Pattern QUOTED = Pattern.compile("\\s*(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*(?:#.*)?");
    private static final Pattern UNENDED = Pattern.compile("\\s*(?:'[^']*|\"(?:[^\"\\\\]|\\\\.)*)");
    private static final Pattern COMMENT = Pattern.compile("\\s#.*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private EnvFile() {}

    /**
     * Reads variables in the order of the file; of two of a name the last one counts.
     *
     * @throws SettingsException if the file cannot be read, or a line is no assignment
     */
    public static Map<String, String> read(Path file) throws SettingsException {
        Map<String, String> variables = written(file);
        variables.replaceAll((name, text) -> value(text));
        return variables;
    }

    /**
     * The variables with a {@code $} in their values that Docker Compose would replace with what follows it, and we do not: it keeps
     * what stands in single quotes alone.
     *
     * @throws SettingsException if the file cannot be read, or a line is no assignment
     */
    public static List<String> namesWithDollar(Path file) throws SettingsException {
        return written(file).entrySet().stream()
                .filter(entry -> !entry.getValue().stripLeading().startsWith("'")
                        && value(entry.getValue()).contains("$"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What stands behind the names, with quotes and comments. */
    private static Map<String, String> written(Path file) throws SettingsException {
        Map<String, String> variables = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
            if (text.isBlank() || text.stripLeading().startsWith("#")) {
                continue;
            }
            Matcher assignment = ASSIGNMENT.matcher(text);
            if (!assignment.matches()) {
                throw new SettingsException(file + ", line " + number + ": is no NAME=value");
            }
            if (UNENDED.matcher(assignment.group(2)).matches()) {
                throw new SettingsException(
                        file + ", line " + number + ": the quote before the value has no other behind it");
            }
            variables.put(assignment.group(1), assignment.group(2));
        }
        return variables;
    }

    private static Iterable<String> lines(Path file) throws SettingsException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new SettingsException(file + " has characters that are not UTF-8: save it as UTF-8");
        } catch (IOException e) {
            throw new SettingsException("--env-file cannot be read: " + Reason.of(e));
        }
    }

    private static String value(String text) {
        Matcher quoted = QUOTED.matcher(text);
        if (quoted.matches()) {
            return quoted.group(1) != null
                    ? quoted.group(1)
                    : ESCAPE.matcher(quoted.group(2)).replaceAll("$1");
        }
        return COMMENT.matcher(text).replaceFirst("").strip();
    }
}
