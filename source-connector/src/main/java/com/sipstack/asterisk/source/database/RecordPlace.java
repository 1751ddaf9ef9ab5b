package com.sipstack.asterisk.source.database;

import java.util.Map;

/**
 * Where a record comes from, and what is to be kept once it is acknowledged.
 *
 * @param partition Connect's source partition
 * @param offset Connect's source offset: right if this record is the last one acknowledged
 * @param origin the table and its epoch
 * @param position null where a table's rows have none
 */
record RecordPlace(Map<String, Object> partition, Map<String, Object> offset, String origin, Long position) {}
