/**
 * Finds the recordings of PBXs in folders and hands them over to Kafka. A PBX has a thread ({@link PbxRecordings}) that looks through its
 * folders, and a {@link Ledger} of what was done with each file; {@link ReceiptReader} learns what became of them.
 *
 * <p>Nothing waits for inotify: it says nothing of network file systems, where most recordings lie, nor of what happened while nobody listened,
 * and Java does not pass on that a file was closed. A recording is taken once it has not changed for {@code min.age.ms}, which is longer
 * than it takes to look again.
 */
package com.sipstack.asterisk.source.recording;
