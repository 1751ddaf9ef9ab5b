package com.sipstack.asterisk.sink;

import org.apache.kafka.connect.errors.ConnectException;

/** What Connect is told of a document that went to the dead-letter topic; Connect may log it, so it names no caller. */
final class UndeliverableDocumentException extends ConnectException {
    private static final long serialVersionUID = 1;

    UndeliverableDocumentException(String summary) {
        super(summary);
    }
}
