package com.sipstack.asterisk.source.recording;

/** What becomes of a file that was accepted. */
enum AfterUpload {
    KEEP,
    MOVE,
    DELETE
}
