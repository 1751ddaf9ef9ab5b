package com.sipstack.asterisk.model;

/**
 * What a recording's name and folders tell of its call, as far as they do. Every part may be null.
 *
 * @param direction {@code i} or {@code o}, from a prefix
 * @param queueName from {@code queue-NAME-} or a folder {@code queues/NAME/}
 * @param phone1 the first number in the name, as written there; the others follow
 */
public record RecordingName(String direction, String queueName, String phone1, String phone2, String phone3) {
    public static final RecordingName NONE = new RecordingName(null, null, null, null, null);
}
