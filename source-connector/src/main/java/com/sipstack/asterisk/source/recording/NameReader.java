package com.sipstack.asterisk.source.recording;

import com.sipstack.asterisk.model.RecordingName;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what dialplans write into the names of recordings: {@code in-16475550101-4165551234-20261121-185448-1795305288.0.wav}.
 *
 * @param systemName asterisk.conf's systemname, with which uniqueids may begin
 */
record NameReader(String systemName) {
    private static final Pattern UNIQUEID = Pattern.compile("(?<!\\d)\\d{10,}\\.\\d+");
    private static final Pattern DATE =
            Pattern.compile("(?<!\\d)(\\d{4})(\\d\\d)(\\d\\d)-(\\d\\d)(\\d\\d)(\\d\\d)(?!\\d)"
                    + "|(?<!\\d)(\\d{4})-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)-(\\d\\d)(?!\\d)");
    private static final Pattern DIRECTION = Pattern.compile("(in|out)(bound)?-.*", Pattern.DOTALL);
    /** The name may have hyphens itself: it ends where a number of four digits or more begins, else at the first hyphen. */
    private static final Pattern QUEUE =
            Pattern.compile("(?i:queue|q)-(?:(.+?)-(?=\\+?\\d{4}|\\||anonymous|unknown)|([^-|]+)).*", Pattern.DOTALL);

    private static final Pattern PHONE =
            Pattern.compile("(?<![\\d.])(?:(?:\\+?1-)?\\d{3}-\\d{3}-\\d{4}|\\d{3}-\\d{4}|\\+?\\d{7,15})(?![\\d.])");
    private static final String QUEUES = "queues";
    /** Stands where something was read: it separates, and stands in no name of a queue. */
    private static final String READ = "|";

    /**
     * What a name tells.
     *
     * @param uniqueid null if it has none
     * @param start local time of the PBX; null if it has none
     */
    record Told(String uniqueid, LocalDateTime start, RecordingName named) {}

    Told read(Path path) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        Optional<MatchResult> id = last(UNIQUEID, stem);
        String rest =
                id.map(found -> without(stem, begin(stem, found), found.end())).orElse(stem);
        Optional<MatchResult> date = DATE.matcher(rest)
                .results()
                .filter(found -> time(found) != null)
                .findFirst();
        String numbers =
                date.map(found -> without(rest, found.start(), found.end())).orElse(rest);
        return new Told(
                id.map(found -> stem.substring(begin(stem, found), found.end())).orElse(null),
                date.map(NameReader::time).orElse(null),
                named(path, numbers));
    }

    private RecordingName named(Path path, String rest) {
        List<String> phones = PHONE.matcher(rest)
                .results()
                .map(MatchResult::group)
                .limit(3)
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        while (phones.size() < 3) {
            phones.add(null);
        }
        return new RecordingName(direction(rest), queue(path, rest), phones.get(0), phones.get(1), phones.get(2));
    }

    private static String direction(String rest) {
        Matcher prefix = DIRECTION.matcher(rest.toLowerCase(Locale.ROOT));
        return prefix.matches() ? prefix.group(1).substring(0, 1) : null;
    }

    private static String queue(Path path, String rest) {
        Matcher prefix = QUEUE.matcher(rest);
        if (prefix.matches()) {
            return prefix.group(1) != null ? prefix.group(1) : prefix.group(2);
        }
        for (int i = 0; i < path.getNameCount() - 2; i++) {
            if (path.getName(i).toString().equals(QUEUES)) {
                return path.getName(i + 1).toString();
            }
        }
        return null;
    }

    /** Where a uniqueid begins, its systemname included. */
    private int begin(String stem, MatchResult id) {
        String prefix = systemName + "-";
        int begin = id.start() - prefix.length();
        boolean hasPrefix = !systemName.isEmpty()
                && begin >= 0
                && stem.startsWith(prefix, begin)
                && (begin == 0 || !Character.isLetterOrDigit(stem.charAt(begin - 1)));
        return hasPrefix ? begin : id.start();
    }

    private static Optional<MatchResult> last(Pattern pattern, String text) {
        return pattern.matcher(text).results().reduce((earlier, later) -> later);
    }

    private static String without(String text, int from, int to) {
        return text.substring(0, from) + READ + text.substring(to);
    }

    /** Null if there is no such day or time of day. */
    private static LocalDateTime time(MatchResult date) {
        int first = date.group(1) != null ? 1 : 7;
        try {
            return LocalDateTime.of(
                    number(date, first),
                    number(date, first + 1),
                    number(date, first + 2),
                    number(date, first + 3),
                    number(date, first + 4),
                    number(date, first + 5));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(MatchResult date, int group) {
        return Integer.parseInt(date.group(group));
    }
}
