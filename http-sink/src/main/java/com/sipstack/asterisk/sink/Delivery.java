package com.sipstack.asterisk.sink;

import java.time.Duration;

/** What became of one attempt to deliver a document. */
sealed interface Delivery {

    /** The API has it. */
    record Accepted(int status) implements Delivery {}

    /**
     * The API does not have it, for a reason that lies outside of the document.
     *
     * @param retryAfter how long the API asked to be left alone; zero if it did not
     */
    record Retry(Trouble trouble, Failure failure, Duration retryAfter) implements Delivery {}

    /** The API will never take this document. */
    record Rejected(Failure failure) implements Delivery {}
}
