/**
 * Reads Asterisk's {@code cdr} and {@code cel} tables from MariaDB, MySQL and PostgreSQL into Kafka, by rising {@code id}, and
 * tables of recordings where there are any. One connector reads any number of PBXs; a
 * {@link com.sipstack.asterisk.source.database.PbxReader} reads one of them, a
 * {@link com.sipstack.asterisk.source.database.TableReader} one of its tables. Tables without an id, such as FreePBX's cdr, are
 * read by time, by a {@link com.sipstack.asterisk.source.database.KeylessTableReader}.
 */
package com.sipstack.asterisk.source.database;
