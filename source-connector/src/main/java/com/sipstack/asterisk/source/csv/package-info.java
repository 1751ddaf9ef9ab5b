/**
 * Follows the CSV files that Asterisk's cel_custom, cdr_csv and cdr_custom write, and reads their rows into Kafka. One connector
 * reads the files of any number of PBXs; a {@link com.sipstack.asterisk.source.csv.PbxFiles} those of one, a
 * {@link com.sipstack.asterisk.source.csv.FollowedFile} one of them through rotation, copying, compression and whatever else is done
 * to it.
 *
 * <p>Fields are parsed by FastCSV, but where a record ends is found by a {@link com.sipstack.asterisk.source.csv.RecordSplitter} of
 * ours: an offset has to be the byte after a row, a row must not be taken before its end was written, and a file may be broken in
 * ways that no parser of CSV forgives. FastCSV tells lines and no bytes. Commons CSV tells bytes, but not whether the last record
 * has its line feed, and a quote without a partner takes it to the end of the file.
 */
package com.sipstack.asterisk.source.csv;
