/**
 * Reads Asterisk's {@code cdr} and {@code cel} tables from MariaDB, MySQL and PostgreSQL into Kafka, by rising {@code id}. One
 * connector reads any number of PBXs; a {@link com.sipstack.asterisk.source.database.PbxReader} reads one of them, a
 * {@link com.sipstack.asterisk.source.database.TableReader} one of its tables.
 */
package com.sipstack.asterisk.source.database;
