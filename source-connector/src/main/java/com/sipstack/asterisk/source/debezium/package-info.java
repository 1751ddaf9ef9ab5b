/**
 * Makes the database source's records out of Debezium's change events: for PBXs whose binlog or WAL may be read and whose tables
 * should not be asked.
 */
package com.sipstack.asterisk.source.debezium;
