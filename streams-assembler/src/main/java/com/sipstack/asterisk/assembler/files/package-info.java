/** Reads rows from files: JSON lines as tables and topics are exported, and the CSV files that Asterisk writes. */
package com.sipstack.asterisk.assembler.files;
