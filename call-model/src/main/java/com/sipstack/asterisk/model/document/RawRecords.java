package com.sipstack.asterisk.model.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;

/**
 * The call's rows as the API takes raw records, where they are asked for. Null or empty lists are absent.
 *
 * @param rawCdrs legs, by their start
 * @param rawCels channel events, as they were raised
 */
public record RawRecords(
        @JsonInclude(Include.NON_EMPTY) List<Map<String, Object>> rawCdrs,
        @JsonInclude(Include.NON_EMPTY) List<Map<String, Object>> rawCels) {
    public static final RawRecords NONE = new RawRecords(List.of(), List.of());
}
