package com.sipstack.asterisk.demopbx;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Rows that real PBXs wrote, by table, in the order of their ids. Their local time is America/Toronto's. */
public enum Corpus {
    /** Asterisk 20.20 with chan_sip: 32 kinds of calls. Some calls were taken out, so ids have holes. */
    PBX_20("pbx-20.20"),
    /** Asterisk 22.10 with chan_pjsip and a systemname. */
    PBX_22_PJSIP("pbx-22-pjsip"),
    /** 400 answered calls with CDRs written in batches, after the calls' ends. */
    LOAD_BATCH("load-batch");

    public static final ZoneId ZONE = ZoneId.of("America/Toronto");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, Object>> ROW = new TypeReference<>() {};

    private final String folder;

    Corpus(String folder) {
        this.folder = folder;
    }

    /**
     * @param table {@code cdr} or {@code cel}, or another form of the same rows: {@code cel_text}, {@code cdr_freepbx},
     *     {@code pg-cdr}, {@code pg-cel}
     * @return rows as column to value, numbers as numbers; {@code inserted_at} tells when the row arrived in the table
     */
    public List<Map<String, Object>> rows(String table) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(table + ".jsonl.gz"), StandardCharsets.UTF_8))) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(JSON.readValue(line, ROW));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException("table " + table + " of " + folder + " cannot be read", e);
        }
    }

    /** What a manager session with {@code read=cdr,call} got of the same calls, byte for byte, its greeting and login included. */
    public byte[] managerTranscript() {
        try (InputStream in = open("ami.raw.gz")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("manager transcript of " + folder + " cannot be read", e);
        }
    }

    /** The events of that session alone, from the first one on. */
    public byte[] managerEvents() {
        String transcript = new String(managerTranscript(), StandardCharsets.ISO_8859_1);
        return transcript.substring(transcript.indexOf("Event: ")).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What really happened in each call, as those who made it know it. */
    public JsonNode manifest() {
        try (InputStream in = open("manifest.json.gz")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("manifest of " + folder + " cannot be read", e);
        }
    }

    private InputStream open(String name) throws IOException {
        InputStream in = Corpus.class.getResourceAsStream(folder + "/" + name);
        if (in == null) {
            throw new IllegalArgumentException("there is no " + name + " in " + folder);
        }
        return new GZIPInputStream(in);
    }
}
