package com.sipstack.asterisk.demopbx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/** CSV files that the PBXs of the {@link Corpus} wrote of the same calls, byte for byte. */
public enum CsvCorpus {
    /** With all 19 columns. */
    CEL_CUSTOM("CEL", "pbx-20.20/cel-custom/Master.csv", 1969),
    /** With the 20 columns of Asterisk's own sample. */
    CEL_CUSTOM_SAMPLE("CEL", "pbx-20.20/cel-custom/Sample20.csv", 1969),
    /** Of a mapping without its last parenthesis, as 20.19 and later write it. */
    CEL_CUSTOM_BROKEN("CEL", "pbx-20.20/cel-custom/Broken.csv", 1969),
    /** Of a mapping that asks the channel for an extra, which it has not. */
    CEL_CUSTOM_LITERAL_EXTRA("CEL", "pbx-20.20/cel-custom/Broken2.csv", 1969),
    /** Of a mapping without its last parenthesis, as releases before 20.19 write it: one record that never ends. */
    CEL_CUSTOM_ENDLESS("CEL", "cel-custom-before-20.19/Broken.csv", 135),
    /** The calls of the endless one. */
    CEL_CUSTOM_BEFORE_20_19("CEL", "cel-custom-before-20.19/Master.csv", 135),
    CDR_CSV("CDR", "pbx-20.20/cdr-csv/Master.csv", 262),
    /** The rows of one account, which are in the other file too. */
    CDR_CSV_ACCOUNT("CDR", "pbx-20.20/cdr-csv/acme.csv", 46),
    CDR_CUSTOM("CDR", "pbx-20.20/cdr-custom/Master.csv", 262),
    CEL_CUSTOM_22("CEL", "pbx-22-pjsip/cel-custom/Master.csv", 301),
    CDR_CSV_22("CDR", "pbx-22-pjsip/cdr-csv/Master.csv", 27);

    private final String kind;
    private final String path;
    private final int records;

    CsvCorpus(String kind, String path, int records) {
        this.kind = kind;
        this.path = path;
        this.records = records;
    }

    /** {@code CDR} or {@code CEL}. */
    public String kind() {
        return kind;
    }

    public int records() {
        return records;
    }

    public byte[] bytes() {
        try (InputStream in = CsvCorpus.class.getResourceAsStream(path + ".gz")) {
            return new GZIPInputStream(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
