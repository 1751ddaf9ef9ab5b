/**
 * Finds the recordings of PBXs in folders and hands them over to Kafka. A PBX has a thread ({@link PbxRecordings}) that looks through its
 * folders, and a {@link Ledger} of what was done with each file; {@link ReceiptReader} learns what became of them.
 */
package com.sipstack.asterisk.source.recording;
