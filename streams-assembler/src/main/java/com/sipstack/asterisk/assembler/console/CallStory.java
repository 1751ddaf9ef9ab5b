package com.sipstack.asterisk.assembler.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.sipstack.asterisk.model.Cdr;
import com.sipstack.asterisk.model.Cel;
import com.sipstack.asterisk.model.Row;
import java.util.List;
import java.util.Map;

/**
 * All that the page of one call shows. Nulls are absent.
 *
 * @param document the latest one
 * @param revisions oldest first
 * @param rows in the order in which they came, without typed digits unless documents tell them
 * @param rowsAreWhole whether all of the call's time was searched; what its topics no longer have is missing even so
 * @param explain what the decisions were made from, by decision; empty without rows
 * @param relatives calls that this one is tied to
 */
record CallStory(
        CallSummary summary,
        JsonNode document,
        List<Told> revisions,
        List<LadderLane> ladder,
        List<ToldRow> rows,
        boolean rowsAreWhole,
        Map<String, String> explain,
        List<Relative> relatives) {

    /**
     * A revision.
     *
     * @param written milliseconds since 1970
     * @param isKept whether its document is still in the topic, which is compacted
     * @param changes since the revision before; null if that one is no longer there
     */
    record Told(
            int revision,
            long written,
            int partition,
            long offset,
            boolean isKept,
            String phase,
            List<DocumentDiff.Change> changes) {}

    /**
     * A row as it was read.
     *
     * @param at milliseconds since 1970, with a fraction; null if the PBX's text could not be read
     */
    record ToldRow(String table, Double at, Map<String, Object> columns) {
        static ToldRow of(Row row) {
            Double at = row.occurredAt() == null ? null : (Double) (row.occurredAt() / 1_000.0);
            return row instanceof Cdr cdr
                    ? new ToldRow("cdr", at, Cdr.MAPPING.toColumns(cdr))
                    : new ToldRow("cel", at, Cel.MAPPING.toColumns((Cel) row));
        }
    }

    /** @param summary null if the board has it no longer */
    record Relative(String linkedid, String relation, CallSummary summary) {}
}
